// The practice page, /practice: for anybody, without an account. Nothing of the panel's code may be imported here: what this
// entry reaches is sent to a stranger's browser (the build checks it).
import "../shared/theme";
import "../shared/look";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PracticePage } from "./PracticePage";

// Put there by `seatrial preview`, which serves this page over a file that is being written.
const live = document.querySelector('meta[name="seatrial-preview"]')?.getAttribute("content") ?? null;
const root = document.getElementById("app");
if (root)
  createRoot(root).render(
    <StrictMode>
      <PracticePage live={live} />
    </StrictMode>,
  );
