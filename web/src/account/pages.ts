// The account pages in one piece.
export { JoinPage } from "./JoinPage";
export { ResetPage } from "./ResetPage";
export { SetupPage } from "./SetupPage";
export { SignInPage } from "./SignInPage";
