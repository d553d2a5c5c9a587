// What stands in a page's place when it failed as a whole.
import { useEffect } from "react";
import { isRouteErrorResponse, useLocation, useNavigate, useRevalidator, useRouteError } from "react-router";
import { statusOf } from "../api/problem";
import { useConnection } from "../shared/connection";
import { Page } from "../shared/Page";
import { ErrorNotice } from "../shared/states";
import { NotFound } from "./NotFound";

export function PageError() {
  const error = useRouteError();
  const revalidator = useRevalidator();
  const navigate = useNavigate();
  const here = useLocation();
  const { online } = useConnection();
  const again = async () => {
    await revalidator.revalidate();
    // Loaders that answer at once leave the router's error boundary as it was; arriving anew clears it.
    await navigate(here, { replace: true, preventScrollReset: true });
  };
  const silent = statusOf(error) === 0 || [502, 503, 504].includes(statusOf(error) ?? -1);
  useEffect(() => {
    // Nothing answered, and now something does: no need to wait for a press.
    if (silent && online) void again();
  }, [silent, online]); // `again` is new at every drawing.
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
          <ErrorNotice error={error} retry={() => (statusOf(error) === null ? location.reload() : void again())} />
        )}
      </div>
    </Page>
  );
}
