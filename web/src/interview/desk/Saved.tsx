// What is saved, in words: never "saved" before the server said so, and never silent about what waits.
import { Link } from "react-router";
import { clock } from "../../shared/time";
import type { View } from "../session/session";
import { useDesk, useView } from "./desk";

export interface SavedWords {
  text: string;
  /** Worth speaking and worth showing on the smallest screen. */
  trouble: boolean;
}

export function savedWords(view: View): SavedWords {
  const { waiting, sending, saved_ms } = view;
  const many = `${waiting}`;
  if (waiting === 0) {
    return { text: saved_ms === null ? "nothing to save yet" : `saved ${clock(saved_ms)}`, trouble: false };
  }
  const where = view.durable ? "kept here" : "kept in this tab only";
  if (sending === "unreachable") return { text: `${many} ${where}, sent when the network is back`, trouble: true };
  if (sending === "signed_out") return { text: `${many} ${where}, sent when you sign in again`, trouble: true };
  return { text: `saving ${many}`, trouble: false };
}

export function Saved() {
  const { open, interview } = useDesk();
  const view = useView();
  const words = savedWords(view);
  return (
    <>
      {view.refused.length > 0 && (
        <button type="button" className="link small" onClick={() => open("refused")}>
          {view.refused.length} not taken
        </button>
      )}
      <span className={words.trouble ? "small saved trouble" : "small saved mid-gone"}>
        {view.sending === "signed_out" && view.waiting > 0 ? (
          <Link className="link" to={`/sign-in?next=${encodeURIComponent(`/interviews/${interview.id}`)}`}>
            {words.text}
          </Link>
        ) : (
          words.text
        )}
      </span>
      <span className="vh" role="status">
        {words.trouble ? words.text : ""}
      </span>
    </>
  );
}
