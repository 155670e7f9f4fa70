import { readFile } from "node:fs/promises";
import { isObject, type JsonObject } from "./spec/json.js";

/** The merged spec that this package was built from. */
export async function loadBundledSpec(): Promise<JsonObject> {
  const file = new URL("../generated/openapi.json", import.meta.url);
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isObject(document)) throw new Error(`${file.pathname} holds no OpenAPI document`);
  return document;
}
