// /records — every interview that was held and that this reader may see, newest first, with a search
// over code, candidate, title, area and opening.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef } from "react";
import { Link, useSearchParams } from "react-router";
import { answer, api } from "../api/client";
import { useKit } from "../api/queries";
import type { InterviewRow, Kit } from "../api/types";
import { ButtonLink } from "../shared/Button";
import { useKeys } from "../shared/keys/useKeys";
import { Page } from "../shared/Page";
import { Empty, ErrorNotice, Loading } from "../shared/states";
import { clock, count, nearTime, shortDate } from "../shared/time";
import "./records.css";
import { held, matching } from "./search";

const interviewsQuery = queryOptions({
  queryKey: ["interviews"],
  queryFn: () => answer(api.GET("/api/interviews")),
});

export function RecordsPage() {
  const interviews = useQuery(interviewsQuery);
  const kit = useKit().data;
  const [params, setParams] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const words = params.get("q") ?? "";
  const asked = useDeferredValue(words);
  useKeys([
    { id: "records.search", name: "Search the records", key: "s", hint: "search", run: () => field.current?.focus() },
  ]);
  const all = held(interviews.data ?? []);
  const titles = new Map((kit?.areas ?? []).map((area) => [area.id, area.short]));
  const found = matching(all, asked, titles);
  return (
    <Page title="Records" section="records" footEnd={interviews.data && count(all.length, "interview")}>
      <div className="wrap records">
        <div className="records-head">
          <h1>Records</h1>
          <p className="muted">Interviews that were held, newest first.</p>
          {all.length > 0 && (
            <div className="records-search" role="search">
              <label htmlFor="records-search" className="vh">
                Search by code, name, title, area or opening
              </label>
              <input
                id="records-search"
                ref={field}
                className="input"
                type="search"
                placeholder="Code, name, area, opening"
                value={words}
                onChange={(event) => setParams(event.target.value ? { q: event.target.value } : {}, { replace: true })}
              />
            </div>
          )}
        </div>
        {interviews.isError && !interviews.data ? (
          <ErrorNotice error={interviews.error} retry={() => void interviews.refetch()} />
        ) : !interviews.data ? (
          <Loading what="Reading the records" />
        ) : all.length === 0 ? (
          <Empty title="No interview has been held yet.">
            <p>
              Each interview leaves a record: what was asked, what was said and done, and when. Choose an area on the start page
              and hold one; ten minutes alone are enough to see how it works.
            </p>
            <ButtonLink to="/">To the start page</ButtonLink>
          </Empty>
        ) : (
          <>
            <p className="vh" role="status">
              {count(found.length, "record")} found
            </p>
            {found.length === 0 ? (
              <Empty title={`Nothing matches “${asked}”.`}>
                <p>Every word must be found in a record’s code, name, title, areas or opening.</p>
              </Empty>
            ) : (
              <Table rows={found} kit={kit} />
            )}
          </>
        )}
      </div>
    </Page>
  );
}

function Table({ rows, kit }: { rows: InterviewRow[]; kit: Kit | undefined }) {
  const short = (id: string) => kit?.areas.find((area) => area.id === id)?.short ?? id;
  return (
    <table className="table records-table">
      <thead>
        <tr>
          <th scope="col">Held</th>
          <th scope="col">Candidate</th>
          <th scope="col">Interview</th>
          <th scope="col" className="records-mid">
            Opening
          </th>
          <th scope="col" className="records-mid">
            Length
          </th>
          <th scope="col" className="records-mid">
            Moments
          </th>
          <th scope="col">Scorecard</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="muted nowrap">{row.started_at && shortDate(row.started_at)}</td>
            <td>
              <Link className="mono records-link" to={`/loops/${row.loop_id}`}>
                {row.code}
              </Link>
              <span className="muted records-name">
                <bdi>{row.candidate_name}</bdi>
              </span>
            </td>
            <th scope="row">
              <Link className="records-link" to={`/interviews/${row.id}`}>
                <b dir="auto">{row.title}</b>
              </Link>
              <span className="muted">{row.areas.map(short).join(", ")}</span>
            </th>
            <td className="muted records-mid" dir="auto">
              {row.opening_title ?? "none"}
            </td>
            <td className="muted records-mid nowrap" title={row.started_at ? nearTime(row.started_at) : undefined}>
              {row.state === "ended" ? clock(row.elapsed_ms) : row.state === "paused" ? "paused" : "running"}
            </td>
            <td className="muted records-mid">{row.moments}</td>
            <td>
              {row.scored ? (
                <span className="muted">scored</span>
              ) : row.mine ? (
                <Link className="link" to={`/loops/${row.loop_id}/scorecard`}>
                  Score
                </Link>
              ) : (
                <span className="muted">not yours</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
