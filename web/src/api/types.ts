// The names that pages import. Where they come from (by hand, or generated) is this file's secret.
export type * from "./contract";
