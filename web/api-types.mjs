// Writes src/api/schema.d.ts from openapi.json, the document that the server makes of itself.
// With --check it writes nothing and fails when the two differ.
//
// Two things are said to the generator that the document leaves open: names of operations are dropped,
// since one name may stand for several routes there; and confidence is one of three, not any number.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const DOCUMENT = new URL("./openapi.json", import.meta.url);
const TYPES = new URL("./src/api/schema.d.ts", import.meta.url);
const HEAD = "// Made from openapi.json by `npm run api`. Not for editing.\n";

export async function types() {
  const document = JSON.parse(await readFile(DOCUMENT, "utf8"));
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) delete operation.operationId;
  for (const schema of Object.values(document.components.schemas)) {
    const confidence = schema.properties?.confidence;
    if (confidence) confidence.enum = [confidence.type].flat().includes("null") ? [1, 2, 3, null] : [1, 2, 3];
  }
  return HEAD + astToString(await openapiTS(document));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const made = await types();
  const kept = await readFile(TYPES, "utf8").catch(() => "");
  if (!process.argv.includes("--check")) await writeFile(TYPES, made);
  else if (made !== kept) {
    console.error("web/src/api/schema.d.ts is older than web/openapi.json. Run `npm run api` in web/ and commit it.");
    process.exit(1);
  }
}
