// The kit's pages in one piece: whoever opens one of them usually opens more.
export { AcrossPage } from "./AcrossPage";
export { AreaPage } from "./AreaPage";
export { ComparePage } from "./ComparePage";
export { ExercisePage } from "./ExercisePage";
export { OverviewPage } from "./OverviewPage";
export { PackPage } from "./PackPage";
export { ScenarioPage } from "./ScenarioPage";
export { PrinciplesPage } from "./PrinciplesPage";
