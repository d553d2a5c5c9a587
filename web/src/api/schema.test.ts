// The client's types are those of the server's document; the document itself is checked by the server's tests.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("schema.d.ts is made from openapi.json as it stands", async () => {
  const script = join(import.meta.dirname, "../../api-types.mjs");
  await expect(promisify(execFile)("node", [script, "--check"])).resolves.toBeTruthy();
});
