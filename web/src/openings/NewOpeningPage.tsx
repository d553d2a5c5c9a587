// /openings/new — a role pack, a seniority, a title. The pack proposes bar and plan; both are read and
// changed on the next page, and the bar is written before anybody is interviewed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { answer, api } from "../api/client";
import { useKit } from "../api/queries";
import type { Kit, Pack } from "../api/types";
import { BarTable } from "./bar/BarTable";
import { Button, ButtonLink } from "../shared/Button";
import { Field } from "../shared/Field";
import { Page } from "../shared/Page";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice, Loading } from "../shared/states";
import { count } from "../shared/time";
import { openingQuery } from "./api";
import "./openings.css";

export function NewOpeningPage() {
  const kit = useKit();
  return (
    <Page title="New opening" section="openings">
      <div className="wrap openings">
        <div className="openings-head">
          <h1>New opening</h1>
        </div>
        {kit.data ? (
          <Form kit={kit.data} />
        ) : kit.isError ? (
          <ErrorNotice error={kit.error} retry={() => void kit.refetch()} />
        ) : (
          <Loading what="Reading the kit" />
        )}
      </div>
    </Page>
  );
}

function Form({ kit }: { kit: Kit }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const asked = kit.packs.find((pack) => pack.id === params.get("pack"));
  const [packId, setPack] = useState(asked?.id ?? null);
  const [seniorityId, setSeniority] = useState(params.get("seniority"));
  const [title, setTitle] = useState<string | null>(null);
  const [team, setTeam] = useState("");
  const [tried, setTried] = useState(false);
  const pack = kit.packs.find((one) => one.id === packId) ?? null;
  const seniority = pack?.seniorities.find((one) => one.id === seniorityId) ?? pack?.seniorities[0] ?? null;
  const proposed = pack && seniority ? `${pack.title}, ${seniority.title.toLowerCase()}` : "";
  const named = title ?? proposed;
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/openings", {
          body: { title: named.trim(), team: team.trim(), pack: pack?.id ?? "", seniority: seniority?.id ?? "" },
        }),
      ),
    onSuccess: (opening) => {
      queries.setQueryData(openingQuery(opening.id).queryKey, opening);
      void queries.invalidateQueries({ queryKey: ["openings"] });
      void queries.invalidateQueries({ queryKey: ["start"] });
      void navigate(`/openings/${opening.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pack && seniority && named.trim() !== "") make.mutate();
  };
  return (
    <form className="new-opening" onSubmit={submit} noValidate>
      <div className="new-opening-choice">
        <fieldset>
          <legend className="head-line">Role pack</legend>
          {kit.packs.map((one) => (
            <PackChoice key={one.id} pack={one} checked={one.id === pack?.id} onChoose={() => setPack(one.id)} />
          ))}
        </fieldset>
        {tried && !pack && <p className="field-error">Choose the role pack that comes closest; bar and plan can be changed.</p>}
        {pack && seniority && (
          <>
            <Segmented
              legend="Seniority"
              showLegend
              choices={pack.seniorities.map((one) => ({ value: one.id, label: one.title }))}
              value={seniority.id}
              onChange={setSeniority}
            />
            <div className="new-opening-names">
              <Field label="Title" error={tried && named.trim() === "" ? "Give the opening a title." : undefined}>
                {(control) => <input {...control} dir="auto" maxLength={200} value={named} onChange={(event) => setTitle(event.target.value)} />}
              </Field>
              <Field label="Team, if it matters">
                {(control) => <input {...control} dir="auto" maxLength={200} value={team} onChange={(event) => setTeam(event.target.value)} />}
              </Field>
            </div>
            {make.isError && <ErrorNotice error={make.error} />}
          </>
        )}
        <div className="form-do">
          <Button kind="go" type="submit" busy={make.isPending && "Making …"}>
            Make the opening
          </Button>
          <ButtonLink kind="quiet" to="/openings">
            Not now
          </ButtonLink>
        </div>
      </div>
      <aside className="new-opening-preview">
        {pack && seniority ? (
          <>
            <h2>What the pack proposes</h2>
            <p className="muted">
              {count(pack.sessions.length, "interview")}, {pack.sessions.flatMap((one) => one.items).reduce((sum, item) => sum + item.minutes, 0)}{" "}
              minutes of asking. {pack.emphasis}
            </p>
            <BarTable lines={seniority.bar} kit={kit} />
            <ol className="session-list">
              {pack.sessions.map((session) => (
                <li key={session.id}>
                  <b>{session.title}</b>
                  <span className="muted">
                    {session.items
                      .map((item) => `${kit.areas.find((area) => area.id === item.area)?.short ?? item.area} ${item.minutes} min`)
                      .join(", ")}
                  </span>
                </li>
              ))}
            </ol>
          </>
        ) : (
          <p className="muted">Choose a role pack to see the bar and the plan that it proposes.</p>
        )}
      </aside>
    </form>
  );
}

function PackChoice({ pack, checked, onChoose }: { pack: Pack; checked: boolean; onChoose: () => void }) {
  return (
    <label className="pack-choice">
      <input type="radio" name="pack" checked={checked} onChange={onChoose} />
      <span>
        <b>{pack.title}</b>
        <span className="muted">{pack.summary}</span>
      </span>
    </label>
  );
}
