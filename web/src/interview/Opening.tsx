// Opens this browser's outbox for an interview, follows its live stream, and hands both on; the pages of an interview begin here.
import { type ReactNode, useEffect, useState } from "react";
import type { Interview, PersonRef } from "../api/types";
import { Page } from "../shared/Page";
import { Loading } from "../shared/states";
import { outboxOf, type Opened } from "./outbox/open";
import { DraftBox } from "./record/draft";
import { Session } from "./session/session";
import { follow } from "./session/stream";

export interface Ready {
  opened: Opened;
  session: Session;
  draft: DraftBox;
}

interface Props {
  interview: Interview;
  me: PersonRef;
  children: (ready: Ready) => ReactNode;
}

export function Opening({ interview, me, children }: Props) {
  const [ready, setReady] = useState<Ready | null>(null);
  const [first] = useState(interview);

  useEffect(() => {
    let gone = false;
    const close: (() => void)[] = [];
    void outboxOf(me.id).then(async (opened) => {
      const session = new Session({ interview: first, me: me.id, outbox: opened.outbox });
      const draft = new DraftBox(`${me.id}:${first.id}`, opened.store, opened.wire);
      await draft.open();
      if (gone) return draft.close();
      close.push(session.follow(), () => draft.close());
      close.push(
        follow((after) => `/api/interviews/${first.id}/live?after=${after}`, {
          after: session.complete,
          change: ({ entries, live }) => {
            session.mergeAll(entries, live);
            // The line is alive, so what waits because of a dead one can go now.
            if (opened.outbox.snapshot().sending === "unreachable") opened.outbox.wake();
          },
          state: (state) => session.streamIs(state),
        }),
      );
      setReady({ opened, session, draft });
    });
    return () => {
      gone = true;
      for (const one of close) one();
    };
  }, [first, me.id]);

  useEffect(() => {
    ready?.session.mergeAll(interview.entries, interview.live);
  }, [ready, interview]);

  if (!ready) {
    return (
      <Page title={interview.title}>
        <div className="wrap">
          <Loading what="Opening the interview" />
        </div>
      </Page>
    );
  }
  return children(ready);
}
