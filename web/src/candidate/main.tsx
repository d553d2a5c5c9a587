// The candidate's page, /c/:token. Nothing of the panel's code may be imported here: what this entry
// reaches is sent to a stranger's browser (the build checks it).
import "../shared/theme";
import "../shared/look";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CandidatePage } from "./CandidatePage";

const root = document.getElementById("app");
const token = /^\/c\/([^/]+)/u.exec(location.pathname)?.[1] ?? "";
if (root)
  createRoot(root).render(
    <StrictMode>
      <CandidatePage token={decodeURIComponent(token)} />
    </StrictMode>,
  );
