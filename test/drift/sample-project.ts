import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { load } from "js-yaml";
import { splitDocument } from "../../scripts/drift/update/split-document.js";
import { SourcesFile } from "../../scripts/lib/sources-file.js";
import { writeFileAtomically } from "../../scripts/lib/write-file.js";
import { toYamlText } from "../../scripts/lib/yaml-text.js";
import { fragmentName } from "../../scripts/pull/index.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { objectUnder } from "./json.js";

const SAMPLE_API = "test/sample-api";
export const SAMPLE_SPEC = join(SAMPLE_API, "openapi.yaml");

/** The document of the sample API. */
export async function sampleSpec(): Promise<JsonObject> {
  return objectUnder(load(await readFile(SAMPLE_SPEC, "utf8")));
}

/** The sample API with a property removed, an operation added, and wording changed. */
export async function changedSampleSpec(): Promise<JsonObject> {
  const spec = await sampleSpec();
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

/**
 * Writes a project for the sample API into a folder: `spec` as this repository has it, with every
 * fragment taken from a page, and `generated`.
 *
 * @returns The merged document's file, for `--base`.
 */
export async function writeSampleProject(folder: string): Promise<string> {
  const spec = join(folder, "spec");
  await cp(SAMPLE_API, spec, {
    recursive: true,
    filter: (path) => basename(path) !== "generated",
  });
  await cp(join(SAMPLE_API, "generated"), join(folder, "generated"), { recursive: true });
  const sources = await SourcesFile.read(join(spec, "sources.yaml"));
  for (const { announced, document } of splitDocument(await sampleSpec())) {
    const name = fragmentName(announced);
    await writeFileAtomically(join(spec, "fragments", name), toYamlText(document));
    sources.recordVerbatim(name, `https://docs.example.com/${name}`, "2026-11-22");
  }
  await writeFileAtomically(join(spec, "sources.yaml"), sources.toString());
  return join(spec, "openapi.yaml");
}
