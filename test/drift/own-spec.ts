import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import type { JsonObject } from "../../src/openapi/json.js";
import { objectUnder } from "./json.js";

export async function ownSpec(): Promise<JsonObject> {
  return objectUnder(load(await readFile("spec/openapi.yaml", "utf8")));
}

/** Our spec with a property removed, an operation added, and wording changed. */
export async function changedSpec(): Promise<JsonObject> {
  const spec = await ownSpec();
  const score = objectUnder(spec, "paths", "/v2/thumbnail/score", "post");
  const answer = objectUnder(score, "responses", "200", "content", "application/json", "schema");
  delete objectUnder(answer, "properties")["suggestion"];
  score["summary"] = "Other words";
  objectUnder(spec, "paths")["/v2/thumbnail/new"] = {
    get: {
      operationId: "get_v2_thumbnail_new",
      summary: "New",
      responses: objectUnder(score, "responses"),
    },
  };
  return spec;
}
