// The client's types are those of the server's document; the document itself is checked by the server's tests.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("schema.d.ts is made from openapi.json as it stands", async () => {
  await expect(promisify(execFile)("node", ["api-types.mjs", "--check"])).resolves.toBeTruthy();
});
