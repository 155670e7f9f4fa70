import { join } from "node:path";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { narrator } from "./narrator.js";
import { runCommand } from "./run-command.js";

/** Compares our document with the one that a server publishes, then with a changed copy of it. */
export async function checkDrift(server: string, folder: string): Promise<void> {
  await runCommand("drift", ["--published", `${server}/openapi.json`]);

  const published = (await (await fetch(`${server}/openapi.json`)).json()) as JsonObject;
  const removed = removeOperation(published);
  const changed = join(folder, "published.json");
  await writeFileAtomically(changed, JSON.stringify(published));
  narrator.tell(`and against a copy without ${removed}:`);
  await runCommand("drift", ["--published", changed], 1);
}

/** Removes the last operation from a document. */
function removeOperation(document: JsonObject): string {
  const operation = operationsOf(document).at(-1);
  const { paths } = document;
  if (!operation || !isObject(paths)) throw new Error("the published document has no operation");
  const { method, path } = operation;
  const item = paths[path];
  if (isObject(item)) Reflect.deleteProperty(item, method);
  return `${method.toUpperCase()} ${path}`;
}
