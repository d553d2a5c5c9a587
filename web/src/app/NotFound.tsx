// An address that leads nowhere.
import { useLocation } from "react-router";
import { ButtonLink } from "../shared/Button";
import { Page } from "../shared/Page";

export function NotFound({ what }: { what?: string }) {
  const { pathname } = useLocation();
  return (
    <Page title="Not found">
      <div className="wrap plain-page">
        <p className="muted mono">{pathname}</p>
        <h1 className="title">Nothing is kept at this address.</h1>
        <p className="reading muted">
          {what ?? "The link may be cut short, or what it led to was removed. Links that people sent you are safest copied whole."}
        </p>
        <ButtonLink kind="go" to="/">
          To the start page
        </ButtonLink>
      </div>
    </Page>
  );
}
