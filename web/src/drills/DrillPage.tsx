// /drills/:id: the door of a drill, and behind it the room of whoever operates or leads.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { statusOf } from "../api/problem";
import { NotFound } from "../app/NotFound";
import CandidateRoom from "../room/candidate/CandidateRoom";
import { Entered } from "../room/panel/RoomPage";
import { Button, ButtonLink } from "../shared/Button";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { useTitle } from "../shared/useTitle";
import { type Drill, drillQuery, joinDrill, storyOf } from "./api";
import { DrillLine } from "./DrillLine";
import { LeaderRoom } from "./LeaderRoom";
import "./drills.css";

export function Component() {
  const { id = "" } = useParams();
  const drill = useQuery(drillQuery(id));
  if (statusOf(drill.error) === 404) return <NotFound what="There is no such drill. Ask whoever sent you the address." />;
  if (!drill.data)
    return (
      <Page title="Drill">
        <div className="wrap plain-page">
          {drill.isError ? <ErrorNotice error={drill.error} retry={() => void drill.refetch()} /> : <Loading what="Opening the drill" />}
        </div>
      </Page>
    );
  if (drill.data.you === "invited") return <Door drill={drill.data} />;
  return <Inside key={id} drill={drill.data} again={() => void drill.refetch()} />;
}

function Door({ drill }: { drill: Drill }) {
  const queries = useQueryClient();
  const join = useMutation({
    mutationFn: () => joinDrill(drill.id),
    onSuccess: (joined) => queries.setQueryData(drillQuery(drill.id).queryKey, joined),
  });
  return (
    <Page title={drill.title}>
      <div className="wrap plain-page dr-page">
        <h1 className="title" dir="auto">
          {drill.title}
        </h1>
        <p className="reading pretty">
          A drill: {drill.people.map(({ name }) => name).join(", ")} {drill.people.length === 1 ? "is" : "are"} in it
          {drill.leader ? `, and ${drill.leader.name} breaks things.` : ". Nobody leads: what goes wrong comes by itself."} You see what a team would see,
          and do what an operator does, under your name. Nothing is scored.
        </p>
        {drill.over ? (
          <p className="muted">It has ended. Those who were in it can tell you about it.</p>
        ) : (
          <p>
            <Button kind="go" busy={join.isPending && "Joining …"} onClick={() => join.mutate()}>
              Join as an operator
            </Button>
          </p>
        )}
        {join.isError && <ErrorNotice error={join.error} />}
      </div>
    </Page>
  );
}

function Inside({ drill, again }: { drill: Drill; again: () => void }) {
  const navigate = useNavigate();
  useTitle(`Drill: ${drill.title}`);
  const leave = { words: "all drills", go: () => void navigate("/drills") };
  if (drill.you === "leader")
    return (
      <Entered take={drill.take} onGone={again} onLost={again}>
        <LeaderRoom drill={drill} leave={leave.go} />
      </Entered>
    );
  return (
    <CandidateRoom
      base={`/api/drills/${drill.id}`}
      keptAs={`drill ${drill.id}`}
      drill={{ leads: drill.leader?.name ?? null }}
      leave={leave}
      notice={<DrillLine drill={drill} />}
      about={<p className="muted pretty">{aboutOf(drill)}</p>}
    />
  );
}

const aboutOf = (drill: Drill): string =>
  `${drill.leader ? `${drill.leader.name} leads and breaks things.` : "Nobody leads: what goes wrong comes by itself."} ` +
  "Everybody’s deeds stand in the log under their name. When it has ended, all of it is told to everybody who was in it. Nothing is scored.";

/** Also for whoever comes back to it later. */
export function Over({ drill }: { drill: Drill }) {
  return <ButtonLink to={storyOf(drill.id)}>Told back</ButtonLink>;
}
