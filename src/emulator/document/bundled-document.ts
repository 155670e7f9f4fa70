import { readFile } from "node:fs/promises";
import { isObject, type JsonObject } from "../../openapi/json.js";

let bundled: Promise<JsonObject> | undefined;

/** The document this package was built from. It is read once and must not be changed. */
export function loadBundledDocument(): Promise<JsonObject> {
  bundled ??= readBundledDocument();
  return bundled;
}

async function readBundledDocument(): Promise<JsonObject> {
  const file = new URL("../../generated/openapi.json", import.meta.url);
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isObject(document)) throw new Error(`${file.pathname} holds no OpenAPI document`);
  return document;
}
