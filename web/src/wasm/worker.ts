// The worker that holds the module: one question, one reply, in order. A simulation may take seconds, and the page must
// stay alive meanwhile.
import { answer, type Question } from "./answer";
import { load } from "./load";

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  postMessage(await answer(data, load));
});
