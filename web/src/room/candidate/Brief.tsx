// Hidden until asked for: the brief, and what the interviewers show besides.
import { Dialog } from "../../shared/Dialog";
import { useRoom } from "../session/hooks";

interface Props {
  open: "brief" | "shown" | null;
  onClose: () => void;
  about?: React.ReactNode;
  shown: { id: string; title: string; view: React.ReactNode }[];
}

export function Brief({ open, onClose, about, shown }: Props) {
  const hello = useRoom((state) => state.hello);
  const last = shown.at(-1);
  return (
    <>
      <Dialog open={open === "brief"} onClose={onClose} title={hello.title} className="rm-brief">
        {`${hello.story}\n\n${hello.brief}`
          .split(/\n\s*\n/u)
          .filter((paragraph) => paragraph.trim() !== "")
          .map((paragraph) => (
            <p key={paragraph} className="reading prose" dir="auto">
              {paragraph}
            </p>
          ))}
        <p className="pretty">
          Time in here is virtual: it stands, runs, or runs faster than the clock on the wall. You may pause it to think, whenever you
          like. Decide before you act, say why, and take a ticket for what it is: what a customer believes.
        </p>
        {about}
      </Dialog>
      <Dialog open={open === "shown" && last !== undefined} onClose={onClose} title={last?.title ?? ""} className="rm-shown">
        {last?.view}
        {shown.slice(0, -1).map((one) => (
          <details key={one.id}>
            <summary>{one.title}</summary>
            {one.view}
          </details>
        ))}
      </Dialog>
    </>
  );
}
