import { readFile } from "node:fs/promises";
import { isObject, type JsonObject } from "../openapi/json.js";

let bundled: Promise<JsonObject> | undefined;

/** The merged spec that this package was built from. It is read once and must not be changed. */
export function loadBundledSpec(): Promise<JsonObject> {
  bundled ??= readBundledSpec();
  return bundled;
}

async function readBundledSpec(): Promise<JsonObject> {
  const file = new URL("../generated/openapi.json", import.meta.url);
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isObject(document)) throw new Error(`${file.pathname} holds no OpenAPI document`);
  return document;
}
