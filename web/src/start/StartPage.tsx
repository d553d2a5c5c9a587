// The start page: choose and start an interview in two clicks; below it what is open and what waits.
// With nothing held and nothing written it offers three first steps instead.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMe } from "../api/queries";
import { useKeys } from "../shared/keys/useKeys";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { DemoLine } from "./DemoLine";
import { FirstSteps } from "./FirstSteps";
import { HoldInterview } from "./HoldInterview";
import { Openings } from "./Openings";
import { RecentRecords } from "./RecentRecords";
import { startQuery } from "./startQuery";
import { WaitingForYou } from "./WaitingForYou";
import "./start.css";

export function StartPage() {
  const start = useQuery(startQuery);
  const me = useMe().data;
  const navigate = useNavigate();
  const [choosing, setChoosing] = useState(false);
  useKeys([{ id: "start.openings", name: "Openings", key: "o", hint: "openings", order: 2, run: () => void navigate("/openings") }]);
  const kit = me && (
    <span className="small wide-only">
      kit <span className="mono">{me.kit.hash.slice(0, 7)}</span>, no mistakes
    </span>
  );
  return (
    <Page title="Start" section="start" barEnd={kit} footEnd={me && `Seatrial ${me.version}`} className="start">
      {start.isPending && (
        <div className="wrap">
          <Loading what="Reading what is open" />
        </div>
      )}
      {start.isError && !start.data && (
        <div className="wrap plain-page">
          <h1 className="title">What is open could not be read.</h1>
          <ErrorNotice error={start.error} retry={() => void start.refetch()} />
        </div>
      )}
      {start.data?.empty && !choosing && <FirstSteps onChoose={() => setChoosing(true)} />}
      {start.data && (!start.data.empty || choosing) && (
        <div className="wrap">
          <HoldInterview start={start.data} />
          {me?.demo && <DemoLine />}
          <div className="start-two">
            <div className="start-main">
              <Openings openings={start.data.openings} />
              <RecentRecords recent={start.data.recent} total={start.data.records} />
            </div>
            <WaitingForYou waiting={start.data.waiting} />
          </div>
        </div>
      )}
    </Page>
  );
}
