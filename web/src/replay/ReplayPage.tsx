// /rooms/:room/takes/:n: a room once more, from a link to one of its moments or from the beginning.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useWholeKit } from "../api/queries";
import { interviewQuery } from "../debrief/moment/Moment";
import { Inbox } from "../room/inbox/Inbox";
import { MayContext } from "../room/parts";
import { RoomContext, useRoom } from "../room/session/hooks";
import { RoomStrips } from "../room/strips/RoomStrips";
import { SystemRegion } from "../room/SystemRegion";
import { createUi, UiContext } from "../room/ui";
import { Bar } from "../shared/Bar";
import { useKeys } from "../shared/keys/useKeys";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { useMedia } from "../shared/useMedia";
import { clock } from "../system/format";
import "../room/room.css";
import { ReplayContext } from "./context";
import { addressOf, pathOf } from "./link";
import { notePoints } from "./notes";
import "./replay.css";
import type { ReplaySession } from "./session";
import { Sides, type SideName } from "./Sides";
import { type Take, TakeOf } from "./TakeOf";
import { STEP_NS, STRIDE_NS, Track } from "./Track";
import { inOrder, neighbour, pointsOf } from "./track";
import { useFilm, useReplay } from "./useReplay";
import { useWishes } from "./useWishes";

export function Component() {
  const { room = "", n = "" } = useParams();
  const [search] = useSearchParams();
  const address = addressOf(room, n, search);
  return (
    <TakeOf room={room} n={address.n}>
      {({ take, room: of }) => (
        <Opening
          key={`${take.id} ${address.v} ${address.seq}`}
          room={room}
          take={take}
          takes={of.takes}
          interview={of.interview_id}
          title={of.title}
          moment={address.v === null ? null : { v: address.v, seq: address.seq }}
        />
      )}
    </TakeOf>
  );
}

interface OpeningProps {
  room: string;
  take: Take;
  takes: readonly Take[];
  /** None for a drill. */
  interview: string | null;
  title: string;
  moment: { v: number; seq: number | null } | null;
}

function Opening(props: OpeningProps) {
  const { take, moment, title } = props;
  const { session, error, retry } = useReplay({ take: take.id, moment, speed: moment ? 1 : 4 });
  if (session) return <Replay {...props} session={session} />;
  return (
    <Page title={`Replay: ${title}`}>
      <div className="wrap plain-page">{error ? <ErrorNotice error={error} retry={retry} /> : <Loading what="Winding back" />}</div>
    </Page>
  );
}

const DRAWN = "(min-width: 900px)";

function Replay({ room, take, takes, interview, title, moment, session }: OpeningProps & { session: ReplaySession }) {
  const [ui] = useState(createUi);
  const [search, setSearch] = useSearchParams();
  const key = search.get("key");
  const [side, setSide] = useState<SideName>(key ? "customer" : "decisions");
  const held = useQuery({ ...interviewQuery(interview ?? ""), enabled: interview !== null });
  const kit = useWholeKit();
  const notes = useMemo(() => (held.data && kit.data ? notePoints(held.data, kit.data, take.id) : []), [held.data, kit.data, take.id]);
  const points = useMemo(() => inOrder([...pointsOf(session.whole.marks ?? [], session.state()?.hello.faults), ...notes]), [session, notes]);
  const find = useCallback(
    (wanted: string | null) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (wanted) next.set("key", wanted);
          else next.delete("key");
          return next;
        },
        { replace: true },
      );
      if (wanted) setSide("customer");
    },
    [setSearch],
  );
  useWishes(ui, find);
  const drawn = useMedia(DRAWN);
  return (
    <RoomContext value={session}>
      <ReplayContext value={session}>
        <UiContext value={ui}>
          <MayContext value={false}>
            <Page
              title={`Replay: ${title}`}
              fixed
              className="rp-room"
              bar={<Head room={room} take={take} takes={takes} interview={interview} title={title} session={session} searched={key} />}
            >
              <ReplayKeys room={room} n={take.n} session={session} points={points} moment={moment?.v ?? null} searched={key} onSide={setSide} />
              <div className="rp-main">
                <div className="rp-left">
                  <SystemRegion as={drawn ? "picture" : "table"} small />
                  <div className="rm-strips-place">
                    <RoomStrips short={!drawn} marksTitle="Marks" most={drawn ? 8 : 3} fixedHeight={drawn ? undefined : 40} />
                  </div>
                </div>
                <div className="rp-right">
                  <div className="rm-inbox-place">
                    <Inbox />
                  </div>
                  <Sides side={side} onSide={setSide} take={take.id} searched={key} onKey={find} points={points} moment={moment?.v ?? null} />
                </div>
              </div>
              <Failed session={session} />
              <Track session={session} points={points} moment={moment?.v ?? null} />
            </Page>
          </MayContext>
        </UiContext>
      </ReplayContext>
    </RoomContext>
  );
}

function Failed({ session }: { session: ReplaySession }) {
  const { error } = useFilm(session);
  if (error === null) return null;
  return (
    <p className="rp-failed" role="alert">
      {error}{" "}
      <button type="button" className="link" onClick={session.film.again}>
        Try again
      </button>
    </p>
  );
}

interface HeadProps extends Omit<OpeningProps, "moment"> {
  session: ReplaySession;
  searched: string | null;
}

function Head({ room, take, takes, interview, title, session, searched }: HeadProps) {
  const navigate = useNavigate();
  const ended = session.whole.clock?.ended ?? false;
  return (
    <Bar end={interview !== null && <span className="panel-only small wide-only">panel only</span>}>
      <h1 className="bar-title rp-room-bar" dir="auto">
        {title}
      </h1>
      <span className="muted wide-only">{ended ? "replay" : "replay, still held"}</span>
      {takes.length > 1 && (
        <select
          className="rm-speed"
          aria-label="Take"
          value={take.n}
          onChange={(event) => void navigate(pathOf({ room, n: Number(event.target.value) }))}
        >
          {takes.map((one) => (
            <option key={one.id} value={one.n}>
              take {one.n}
              {one.of ? `, from take ${one.of.n} on` : ""}
            </option>
          ))}
        </select>
      )}
      <span className="rp-links">
        <CopyMoment room={room} n={take.n} session={session} searched={searched} />
        <button
          type="button"
          className="link"
          onClick={() => void navigate(pathOf({ room, n: take.n, v: session.film.v(), key: searched }, "/what-if"))}
        >
          What if …
        </button>
        <Link className="link" to={pathOf({ room, n: take.n }, "/story")}>
          Story
        </Link>
        <Link className="link wide-only" to={interview === null ? `/drills/${room}` : `/interviews/${interview}`}>
          {interview === null ? "Drill" : "Interview"}
        </Link>
      </span>
    </Bar>
  );
}

/** What a link says of now. */
const hereLink = (room: string, n: number, session: ReplaySession, key: string | null): string =>
  location.origin + pathOf({ room, n, v: session.film.v(), key });

function useCopy(): [said: string, copy: (link: string) => void] {
  const [said, say] = useState("");
  return [
    said,
    (link) => {
      const done = () => say("Copied");
      // Without a secure address the browser refuses: then the address bar holds it.
      const refused = () => {
        window.history.replaceState(window.history.state, "", link);
        say("It is in the address bar");
      };
      if (navigator.clipboard) navigator.clipboard.writeText(link).then(done, refused);
      else refused();
    },
  ];
}

function CopyMoment({ room, n, session, searched }: { room: string; n: number; session: ReplaySession; searched: string | null }) {
  const [said, copy] = useCopy();
  return (
    <>
      <button type="button" className="link" onClick={() => copy(hereLink(room, n, session, searched))}>
        Copy this moment
      </button>
      <span className="muted small" role="status">
        {said}
      </span>
    </>
  );
}

interface KeysProps {
  room: string;
  n: number;
  session: ReplaySession;
  points: ReturnType<typeof pointsOf>;
  moment: number | null;
  searched: string | null;
  onSide: (side: SideName) => void;
}

function ReplayKeys({ room, n, session, points, moment, searched, onSide }: KeysProps) {
  const { film } = session;
  const { playing } = useFilm(session);
  const navigate = useNavigate();
  const opens = useRoom((state) => state.hello.opens);
  const jump = (by: 1 | -1) => {
    const next = neighbour(points, film.v(), by);
    if (next) film.seek(next.v);
  };
  useKeys([
    { id: "replay.play", name: playing ? "Stop" : "Play", key: "Space", hint: playing ? "stop" : "play", run: film.toggle },
    { id: "replay.back", name: "Ten seconds back", key: "ArrowLeft", hint: "10 s", run: () => film.step(-STEP_NS) },
    { id: "replay.on", name: "Ten seconds on", key: "ArrowRight", hint: "10 s", run: () => film.step(STEP_NS) },
    { id: "replay.minute-back", name: "One minute back", key: "Shift+ArrowLeft", run: () => film.step(-STRIDE_NS) },
    { id: "replay.minute-on", name: "One minute on", key: "Shift+ArrowRight", run: () => film.step(STRIDE_NS) },
    { id: "replay.slower", name: "Slower", key: "[", hint: "speed", run: () => film.faster(-1) },
    { id: "replay.faster", name: "Faster", key: "]", hint: "speed", run: () => film.faster(1) },
    { id: "replay.previous", name: "To the mark before", key: ",", hint: "mark", run: () => jump(-1) },
    { id: "replay.next", name: "To the next mark", key: ".", hint: "mark", run: () => jump(1) },
    { id: "replay.beginning", name: "To the beginning", key: "Home", run: () => film.seek(film.from) },
    { id: "replay.end", name: "To the end", key: "End", run: () => film.seek(film.to) },
    {
      id: "replay.moment",
      name: moment === null ? "To the moment" : `To the moment, ${clock((moment - opens) / 1e6)}`,
      key: "m",
      hint: "the moment",
      when: moment !== null,
      run: () => moment !== null && film.seek(moment),
    },
    {
      id: "replay.what-if",
      name: "What if … from here",
      key: "w",
      hint: "what if",
      run: () => void navigate(pathOf({ room, n, v: film.v(), key: searched }, "/what-if")),
    },
    { id: "replay.truth", name: "Truth", key: "t", run: () => onSide("truth") },
    { id: "replay.record", name: "Record", key: "r", run: () => onSide("record") },
    { id: "replay.decisions", name: "Decisions", key: "d", run: () => onSide("decisions") },
    { id: "replay.customer", name: "One customer", key: "c", run: () => onSide("customer") },
  ]);
  return null;
}
