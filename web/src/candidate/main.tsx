// The candidate's page, /c/:token. Nothing of the panel's code may be imported here.
import "../shared/theme";
import "../shared/look";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const root = document.getElementById("app");
if (root) createRoot(root).render(<StrictMode>{null}</StrictMode>);
