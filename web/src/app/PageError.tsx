// What stands in a page's place when it failed as a whole.
import { useRevalidator, useRouteError } from "react-router";
import { isRouteErrorResponse } from "react-router";
import { statusOf } from "../api/problem";
import { Page } from "../shared/Page";
import { ErrorNotice } from "../shared/states";
import { NotFound } from "./NotFound";

export function PageError() {
  const error = useRouteError();
  const revalidator = useRevalidator();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  if (statusOf(error) === 404) return <NotFound />;
  const stale = error instanceof TypeError && /import|module/iu.test(error.message);
  return (
    <Page title="Something went wrong">
      <div className="wrap plain-page">
        <h1 className="title">This page could not be shown.</h1>
        {stale ? (
          <ErrorNotice
            error={new Error("Part of the app could not be fetched. Seatrial may have been updated, or the network is down.")}
            retry={() => location.reload()}
          />
        ) : (
          <ErrorNotice error={error} retry={() => (statusOf(error) === null ? location.reload() : void revalidator.revalidate())} />
        )}
      </div>
    </Page>
  );
}
