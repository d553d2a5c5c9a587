// The four sections of the app, in the order of the bar.
export type Section = "start" | "kit" | "openings" | "records";

export const sections: readonly { id: Section; name: string; to: string }[] = [
  { id: "start", name: "Start", to: "/" },
  { id: "kit", name: "Kit", to: "/kit" },
  { id: "openings", name: "Openings", to: "/openings" },
  { id: "records", name: "Records", to: "/records" },
];
