// Mounted once beside the pages: listens for keys, and shows the palette and the keys dialog.
import { lazy, Suspense } from "react";
import { useStore } from "../store";
import { opened, openKeys, openPalette } from "./open";
import { useKeyListener, useKeys } from "./useKeys";

const Palette = lazy(() => import("./Palette"));
const KeysDialog = lazy(() => import("./KeysDialog"));

export function KeyLayer() {
  const layer = useStore(opened);
  useKeyListener();
  useKeys([
    { id: "layer.palette", name: "Find anything", key: "/", hint: "everything", order: 99, group: "Seatrial", run: openPalette },
    { id: "layer.palette-k", name: "Find anything", key: "Mod+k", typing: true, group: "Seatrial", run: openPalette },
    { id: "layer.keys", name: "Show and change keys", key: "?", group: "Seatrial", run: openKeys },
  ]);
  return (
    <Suspense fallback={null}>
      {layer === "palette" && <Palette key="palette" />}
      {layer === "keys" && <KeysDialog key="keys" />}
    </Suspense>
  );
}


