// /rooms/:room/takes/:n/what-if: from a moment on it is decided otherwise; the same customers, faults and moves, both ways to the
// same end. The address holds the whole question, so that it can be sent.
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { RoomError } from "../room/session/api";
import type { DecisionState, Frame, Hello, Options } from "../room/wire";
import { Bar } from "../shared/Bar";
import { Button } from "../shared/Button";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { clock } from "../system/format";
import { askWhatIf, helloQuery, momentAt, optionsQuery } from "./api";
import { serialOf } from "./Customer";
import { FuturesView } from "./FuturesView";
import { type Address, addressOf, choicesOf, choicesText, pathOf } from "./link";
import "../room/room.css";
import "./replay.css";
import { type Take, TakeOf } from "./TakeOf";
import { LAST } from "./useReplay";

export function Component() {
  const { room = "", n = "" } = useParams();
  const [search] = useSearchParams();
  const address = addressOf(room, n, search);
  return (
    <TakeOf room={room} n={address.n}>
      {({ take, room: of }) => <Opening key={`${take.id} ${address.v}`} address={address} take={take} title={of.title} />}
    </TakeOf>
  );
}

function Opening({ address, take, title }: { address: Address; take: Take; title: string }) {
  const hello = useQuery(helloQuery(take.id));
  const v = address.v ?? hello.data?.opens ?? 0;
  const then = useQuery({ queryKey: ["room-moment", take.id, v], queryFn: () => momentAt(take.id, v, LAST_ROW), enabled: hello.data !== undefined });
  const end = useQuery({ queryKey: ["room-end", take.id], queryFn: () => momentAt(take.id, LAST, 0) });
  const error = hello.error ?? then.error ?? end.error;
  if (hello.data && then.data && end.data) return <WhatIf {...{ address, take, title, v, hello: hello.data, then: then.data, end: end.data }} />;
  return (
    <Page title={`What if: ${title}`}>
      <div className="wrap plain-page">
        {error ? (
          <ErrorNotice error={error} retry={() => void Promise.all([hello.refetch(), then.refetch(), end.refetch()])} />
        ) : (
          <Loading what="Winding back" />
        )}
      </div>
    </Page>
  );
}

/** More rows than any room has: none of them is sent. */
const LAST_ROW = 4_000_000_000;

interface WhatIfProps {
  address: Address;
  take: Take;
  title: string;
  v: number;
  hello: Hello;
  then: Frame;
  end: Frame;
}

function WhatIf({ address, take, title, v, hello, then, end }: WhatIfProps) {
  const [search, setSearch] = useSearchParams();
  const asked = choicesOf(search.get("choose"));
  const who = address.key;
  const serial = who === null ? null : serialOf(who, end.truth ?? null);
  const at = clock((v - hello.opens) / 1e6);
  const futures = useQuery({
    queryKey: ["what-if", take.id, v, choicesText(asked), serial],
    queryFn: () => askWhatIf(take.id, { v, choose: asked, serial }),
    enabled: Object.keys(asked).length > 0,
    // The other customer's histories come with both futures again; until then what is there stays.
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const change = (what: Record<string, string | null>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(what)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={`What if: ${title}`}
      bar={
        <Bar end={<span className="panel-only small wide-only">panel only</span>}>
          <h1 className="bar-title" dir="auto">
            What if, from {at} on
          </h1>
          <span className="muted wide-only" dir="auto">
            {title}, take {take.n}
          </span>
          <span className="rp-links">
            <Link className="link" to={pathOf({ room: address.room, n: take.n, v, key: who })}>
              Replay at {at}
            </Link>
          </span>
        </Bar>
      }
    >
      <div className="rp-whatif">
        <Choose
          take={take.id}
          hello={hello}
          decisions={then.decisions ?? []}
          asked={asked}
          busy={futures.isFetching}
          onAsk={(choose) => change({ choose: choicesText(choose) })}
        />
        <section className="rp-both" aria-label="Both futures" aria-busy={futures.isFetching}>
          {futures.isFetching && (
            <p className="rm-line small rp-progress" role="status">
              <progress aria-label="Both futures being played" /> Playing both to the same moment: the same customers, faults and moves.
            </p>
          )}
          {futures.error && <ErrorNotice error={futures.error instanceof RoomError ? futures.error.message : futures.error} />}
          {futures.data ? (
            <FuturesView futures={futures.data} hello={hello} v={v} who={who} onWho={(key) => change({ key })} />
          ) : (
            !futures.isFetching &&
            !futures.error && (
              <p className="muted rm-line pretty">
                Choose another answer to one question or more. Whoever comes, what they buy and what breaks stays the same.
              </p>
            )
          )}
        </section>
      </div>
    </Page>
  );
}

interface ChooseProps {
  take: string;
  hello: Hello;
  /** As they stood at the moment. */
  decisions: readonly DecisionState[];
  asked: Record<string, string>;
  busy: boolean;
  onAsk: (choose: Record<string, string>) => void;
}

function Choose({ take, hello, decisions, asked, busy, onAsk }: ChooseProps) {
  const [choose, setChoose] = useState(asked);
  const options = useQueries({ queries: hello.questions.map((one) => optionsQuery(take, one.name)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Object.fromEntries(Object.entries(choose).filter(([, answer]) => answer.trim() !== ""));
    if (Object.keys(wanted).length > 0) onAsk(wanted);
  };
  const none = Object.values(choose).every((answer) => answer.trim() === "");
  return (
    <form className="rp-choose" onSubmit={submit} aria-label="Other decisions">
      <h2>Decided otherwise</h2>
      {hello.questions.map((question, place) => {
        const held = decisions.find((one) => one.name === question.name);
        return (
          <Question
            key={question.name}
            ask={question.ask}
            held={held}
            options={options[place]?.data ?? null}
            value={choose[question.name] ?? ""}
            onChange={(answer) => setChoose((before) => ({ ...before, [question.name]: answer }))}
          />
        );
      })}
      <Button type="submit" kind="go" aria-disabled={busy || none}>
        Play both
      </Button>
    </form>
  );
}

interface QuestionProps {
  ask: string;
  held: DecisionState | undefined;
  options: Options | null;
  value: string;
  onChange: (answer: string) => void;
}

function Question({ ask, held, options, value, onChange }: QuestionProps) {
  const as = held ? `as it was: ${held.says}` : "as it was";
  return (
    <label className={value ? "rp-question chosen" : "rp-question"}>
      <span dir="auto">{ask}</span>
      {options?.between ? (
        <input
          className="input"
          value={value}
          placeholder={as}
          title={`From ${options.between.from} to ${options.between.to}`}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      ) : (
        <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{as}</option>
          {(options?.options ?? []).map((one) => (
            <option key={one.name} value={one.name}>
              {one.says}
              {one.costs && `, ${one.costs}`}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}
