import { afterAll, beforeAll, expect, test } from "vitest";
import { nextVersion, type NextVersion } from "./support/next-version.js";

const text = { type: "string" };

/** An operation that reads something with a status. */
function reads(status: object, more: object = {}) {
  const properties = { id: text, ...status, ...more };
  const schema = { type: "object", required: ["id", ...Object.keys(status)], properties };
  return {
    parameters: [{ in: "path", name: "id", required: true, schema: text }],
    get: {
      responses: { 200: { description: "OK", content: { "application/json": { schema } } } },
    },
  };
}

const state = (...values: string[]) => ({ state: { type: "string", enum: values } });

const DOCUMENT = {
  openapi: "3.0.3",
  info: { title: "Waiting", version: "v2" },
  servers: [{ url: "https://waiting.example" }],
  paths: {
    "/v2/training/{id}": reads(state("queued", "ready", "error", "cancelled"), {
      preview: { ...text, nullable: true, description: "Null until ready" },
    }),
    "/v2/training/export/{id}": reads(state("running", "done")),
    "/v3/training/{id}": reads(state("pending", "succeeded", "failed")),
    "/v2/account/{id}": reads(state("active", "suspended")),
  },
};

let version: NextVersion;

beforeAll(async () => {
  version = await nextVersion(DOCUMENT);
});

afterAll(() => version.remove());

test("each operation that reads something with a lifecycle gets a method that waits, with a name of its own", () => {
  const errors = version.typeErrors(`
import { createPikzels, type TrainingReady, type TrainingReadyV3 } from "pikzels-client";
const pikzels = createPikzels();
const ready: TrainingReady = await pikzels.training.waitUntilReady("a");
const state: "ready" = ready.state;
const preview: string = ready.preview;
const newer: TrainingReadyV3 = await pikzels.training.waitUntilReadyV3("a");
const succeeded: "succeeded" = newer.state;
const exported = await pikzels.training.waitUntilReadyExport("a");
const done: "done" = exported.state;
export { state, preview, succeeded, done };
// @ts-expect-error: a state that nothing leads to is no lifecycle
void (() => pikzels.account.waitUntilReady("a"));
`);
  expect(errors).toEqual([]);
});

test.each([
  ["ready", "resolves"],
  ["error", "PikzelsTrainingError"],
  ["cancelled", "PikzelsTrainingError"],
])("the client follows the document's own words for a status: %s", async (value, outcome) => {
  const { createPikzels } = await version.load();
  const answer = { id: "a", state: value, preview: "https://waiting.example/a.png" };
  const { training } = createPikzels({
    apiKey: "pkz_test",
    fetch: () => Promise.resolve(Response.json(answer)),
  }) as unknown as { training: { waitUntilReady: (id: string) => Promise<unknown> } };
  const settled = await training.waitUntilReady("a").then(
    () => "resolves",
    (error: unknown) => (error as Error).name,
  );
  expect(settled).toBe(outcome);
});
