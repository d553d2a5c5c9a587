import type { Drawn } from "../../wasm/practice";

/** Names of the services, as the picture reads. */
export const servicesOf = (drawn: Drawn): string[] => drawn.boxes.filter((box) => box.is === "service").map((box) => box.name);
