import { isObject } from "../../src/openapi/json.js";
import { addProperty, changeObjects, dropProperty, NotApplicable } from "./document.js";
import type { Evolution } from "./evolution.js";

const TEXT = "POST /v2/thumbnail/text";
const SCORE = "POST /v2/thumbnail/score";
const STYLE = "POST /v2/pikzonality/style";
const READ = "GET /v2/pikzonality/{id}";

export const CALL_TEXT = `
const made = await pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9" });
assert(typeof made.output === "string");`;

const CALL_SCORE = `
const scored = await pikzels.thumbnails.score({ image_url: "https://cdn.pikzels.com/example.png" });
assert(typeof scored.main_score === "number");`;

export const READ_BACK = `
const url = "https://cdn.pikzels.com/example.png";
const { id } = await pikzels.styles.create({ name: "Back", image_urls: [url, url, url] });
assert((await pikzels.pikzonalities.get(id)).id === id);`;

/** Error codes, fields, models, statuses and limits. */
export const bodiesAndAnswers: Evolution[] = [
  {
    name: "an error code is added",
    change: (document) => document.errorCodes().push("QUOTA_PAUSED"),
    program: `
const code: client.ErrorCode = "QUOTA_PAUSED";
assert(client.errorCodes.includes(code) && client.errorCatalog[code].meaning !== "");`,
  },
  {
    name: "an error code is removed",
    change: (document) => document.errorCodes().splice(-1),
    program: `
assert(client.errorCodes.length > 0);
assert(client.errorCodes.every((code) => client.errorCatalog[code].action !== ""));`,
  },
  {
    name: "an error code is added on one page only",
    change: () => undefined,
    changePage: (page, index) =>
      index === 0 ? page.replace(/^( *)- VALIDATION_ERROR$/m, "$&\n$1- ONLY_HERE") : page,
    program: CALL_TEXT,
    stops: { pages: /conflict in component schemas\/\w+: .*ONLY_HERE/ },
  },
  {
    name: "a body takes another field",
    change: (document) => {
      addProperty(document.body(TEXT), "seed", { type: "integer", minimum: 0 });
    },
    program: `
const made = await pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9", seed: 7 });
assert(typeof made.output === "string");`,
  },
  {
    name: "a body requires another field",
    change: (document) => {
      const body = document.body(TEXT);
      addProperty(body, "language", { type: "string", enum: ["en", "de"] });
      body["required"] = [...(body["required"] as string[]), "language"];
    },
    program: `
const made = await pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9", language: "de" });
assert(typeof made.output === "string");`,
  },
  {
    name: "a body drops a field",
    change: (document) => {
      dropProperty(document.body(TEXT), "persona");
    },
    program: `${CALL_TEXT}
// @ts-expect-error: it is gone
const body: client.ThumbnailsFromTextBody = { prompt: "A", model: "pkz_4_5", format: "16:9", persona: "x" };
assert(body);`,
  },
  {
    name: "a model is added",
    change: (document) => {
      (document.property(document.body(TEXT), "model")["enum"] as string[]).push("pkz_5");
    },
    program: `
const made = await pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_5", format: "16:9" });
assert(typeof made.output === "string");`,
  },
  {
    name: "a model is removed everywhere",
    change: ({ root }) => {
      let removed = 0;
      changeObjects(root, (object) => {
        const values = object["enum"];
        if (!Array.isArray(values) || !values.includes("pkz_2")) return;
        object["enum"] = values.filter((value) => value !== "pkz_2");
        removed += 1;
      });
      if (removed === 0) throw new NotApplicable("no model pkz_2");
    },
    program: CALL_TEXT,
  },
  {
    name: "a resource has another status",
    change: (document) => {
      (document.property(document.answer(READ), "status")["enum"] as string[]).push("queued");
    },
    program: `
const status: client.PikzonalitiesGetResponse["status"] = "queued";
assert(status);`,
  },
  {
    name: "an answer has another field",
    change: (document) => {
      const answer = document.answer(TEXT);
      addProperty(answer, "seed", { type: "integer" });
      answer["required"] = [...(answer["required"] as string[]), "seed"];
    },
    program: `
const made = await pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9" });
assert(Number.isInteger(made.seed));`,
  },
  {
    name: "an answer drops a field",
    change: (document) => {
      dropProperty(document.answer(SCORE), "suggestion");
    },
    program: CALL_SCORE,
  },
  {
    name: "exactly three images become two to four",
    change: (document) => {
      const { properties = {} } = document.body(STYLE);
      for (const list of Object.values(properties as object)) {
        if (isObject(list) && list["minItems"] === 3)
          Object.assign(list, { minItems: 2, maxItems: 4 });
      }
    },
    program: `
const url = "https://cdn.pikzels.com/example.png";
const style = await pikzels.styles.create({ name: "Two", image_urls: [url, url] });
assert(style.id);`,
  },
  {
    name: "creation answers 201",
    change: (document) => {
      const responses = document.responses(STYLE);
      responses["201"] = responses["200"];
      Reflect.deleteProperty(responses, "200");
    },
    program: READ_BACK,
  },
  {
    name: "the values of a status are renamed",
    change: (document) => {
      document.property(document.answer(READ), "status")["enum"] = ["training", "ready", "error"];
    },
    program: `${READ_BACK}
const ready = await pikzels.pikzonalities.waitUntilReady(id, { intervalMs: 10 });
const status: "ready" = ready.status;
assert(status);`,
  },
  ...imageRules(),
];

/** The rule that exactly one of two image fields is required, in each form that can express it. */
function imageRules(): Evolution[] {
  const forms: Record<string, (schema: Record<string, unknown>) => void> = {
    "anyOf and not": (schema) => {
      schema["anyOf"] = [{ required: ["image_url"] }, { required: ["image_base64"] }];
      schema["not"] = { required: ["image_url", "image_base64"] };
    },
    "oneOf of required and not": (schema) => {
      schema["oneOf"] = [
        { required: ["image_url"], not: { required: ["image_base64"] } },
        { required: ["image_base64"], not: { required: ["image_url"] } },
      ];
    },
    "oneOf of closed objects": (schema) => {
      const { properties } = schema as { properties: Record<string, unknown> };
      const without = (name: string) =>
        Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
      const closed = (name: string, other: string) => ({
        type: "object",
        additionalProperties: false,
        required: [name],
        properties: without(other),
      });
      for (const key of Object.keys(schema)) Reflect.deleteProperty(schema, key);
      schema["oneOf"] = [
        { ...closed("image_url", "image_base64") },
        { ...closed("image_base64", "image_url") },
      ];
    },
  };
  return Object.entries(forms).map(([form, write]) => ({
    name: `the image rule is written as ${form}`,
    change: (document) => {
      const schema = document.body(SCORE);
      Reflect.deleteProperty(schema, "allOf");
      write(schema);
    },
    program: `${CALL_SCORE}
const url = "https://cdn.pikzels.com/example.png";
// @ts-expect-error: both
const both: client.ThumbnailsScoreBody = { image_url: url, image_base64: "data:image/png;base64,AAAA" };
await assertRejects(pikzels.thumbnails.score(both), "PikzelsInputError");`,
  }));
}
