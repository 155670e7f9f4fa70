import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { BENCH } from "./paths.js";

const FILE = "node_modules/@octokit/openapi/generated/api.github.com.json";

/** GitHub's public OpenAPI 3.0 document, the largest that is easily available: 13 MB of JSON. */
export async function readGitHubDocument(): Promise<JsonObject> {
  const document: unknown = JSON.parse(await readFile(join(BENCH, FILE), "utf8"));
  if (!isObject(document)) throw new Error(`${FILE} is not an OpenAPI document`);
  return document;
}
