import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import type { JsonObject } from "../../src/openapi/json.js";
import { objectUnder } from "./json.js";

export async function ownSpec(): Promise<JsonObject> {
  return objectUnder(load(await readFile("spec/openapi.yaml", "utf8")));
}
