import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { findDrift } from "../../scripts/drift/index.js";
import { listAt, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { respond, startSite } from "../pull/site.js";
import { objectUnder } from "./json.js";

/** An operation of the published spec, and how its published fragment differs. */
interface Fact {
  operation: string;
  change: (parts: Parts) => void;
  finds: string[];
}

interface Parts {
  operation: JsonObject;
  body: JsonObject;
  answer: JsonObject;
}

/** For each unconfirmed fact in spec/sources.yaml, one way in which it may turn out different. */
const facts: Record<string, Fact> = {
  operationId: {
    operation: "GET /v2/pikzonality/{id}",
    change: ({ operation }) => (operation["operationId"] = "getPikzonality"),
    finds: ["additive operation-renamed"],
  },
  "which response properties are always present": {
    operation: "GET /v2/pikzonality/{id}",
    change: ({ answer }) => (answer["required"] = ["id"]),
    finds: ["additive property-became-required"],
  },
  "descriptions, summary and tag are ours": {
    operation: "POST /v2/thumbnail/score",
    change: ({ operation }) => (operation["tags"] = ["Scores"]),
    finds: ["docs docs-changed"],
  },
  "additionalProperties: false on the request body": {
    operation: "POST /v2/thumbnail/text",
    change: ({ body }) => delete body["additionalProperties"],
    finds: ["additive object-opened"],
  },
  "which response properties beyond the required ones exist, and additionalProperties: false there":
    {
      operation: "POST /v2/thumbnail/edit",
      change: ({ answer }) => {
        delete answer["additionalProperties"];
        objectUnder(answer, "properties")["width"] = { type: "integer" };
      },
      finds: ["additive object-opened", "additive property-added-optional"],
    },
  "the published fragment has code samples, this one has none": {
    operation: "POST /v2/thumbnail/image",
    change: ({ operation }) => (operation["x-codeSamples"] = [{ lang: "curl", source: "curl" }]),
    finds: ["docs docs-changed"],
  },
  "special_instructions is not required in the request body": {
    operation: "PATCH /v2/pikzonality/{id}",
    change: ({ body }) => (body["required"] = ["special_instructions"]),
    finds: ["breaking property-became-required"],
  },
  "constraints of name and of the images are taken over from create style": {
    operation: "POST /v2/pikzonality/persona",
    change: ({ body }) => (objectUnder(body, "properties", "image_urls")["maxItems"] = 2),
    finds: ["breaking limit-tightened"],
  },
  "how the rule on mask_url and mask_base64 is written": {
    operation: "POST /v2/thumbnail/edit",
    change: ({ body }) => (body["allOf"] as unknown[]).pop(),
    finds: ["additive condition-removed"],
  },
  "every request field and its constraints": {
    operation: "POST /v2/thumbnail/faceswap",
    change: ({ body }) => {
      objectUnder(body, "properties")["strength"] = { type: "number" };
      body["required"] = ["strength"];
    },
    finds: ["breaking property-added-required", "additive property-became-optional"],
  },
  "the response properties": {
    operation: "POST /v2/thumbnail/faceswap",
    change: ({ answer }) => {
      answer["properties"] = { outputs: { type: "array" }, request_id: { type: "string" } };
      answer["required"] = ["outputs", "request_id"];
    },
    finds: ["breaking property-removed", "additive property-added-required", "docs docs-changed"],
  },
  "persona and style with models pkz_4 and pkz_4_5 only": {
    operation: "POST /v2/thumbnail/text",
    change: ({ body }) => delete objectUnder(body, "properties")["persona"],
    finds: ["breaking property-removed"],
  },
  "model and prompt_compacted in the response, and the type of prompt_compacted": {
    operation: "POST /v2/thumbnail/text",
    change: ({ answer }) =>
      (objectUnder(answer, "properties", "prompt_compacted")["type"] = "boolean"),
    finds: ["additive type-narrowed"],
  },
  "every subscore is always present": {
    operation: "POST /v2/thumbnail/score",
    change: ({ answer }) => delete objectUnder(answer, "properties", "subscores")["required"],
    finds: ["breaking property-became-optional"],
  },
  // The position of a page says nothing about the API.
  "the address of the page": {
    operation: "POST /v2/title/text",
    change: () => undefined,
    finds: [],
  },
  "every request field and its constraints, the limit of 2000 for prompt among them": {
    operation: "POST /v2/title/text",
    change: ({ body }) => (objectUnder(body, "properties", "prompt")["maxLength"] = 1000),
    finds: ["breaking limit-tightened"],
  },
  'how the rule "at least one of prompt and support image" is written': {
    operation: "POST /v2/title/text",
    change: ({ body }) => delete body["allOf"],
    finds: ["additive alternatives-widened"],
  },
  "the response properties, and the type of prompt_compacted": {
    operation: "POST /v2/title/text",
    change: ({ answer }) =>
      (objectUnder(answer, "properties", "outputs", "items")["type"] = "object"),
    finds: ["breaking type-changed"],
  },
};

function partsOf(spec: JsonObject, name: string): Parts {
  const [method = "", path = ""] = name.split(" ");
  const operation = objectUnder(spec, "paths", path, method.toLowerCase());
  const json = ["content", "application/json", "schema"];
  return {
    operation,
    body: method === "GET" ? {} : objectUnder(operation, "requestBody", ...json),
    answer: objectUnder(operation, "responses", "200", ...json),
  };
}

const sources = objectAt(load(await readFile("spec/sources.yaml", "utf8")), "fragments");
const unconfirmed = Object.values(sources).flatMap((entry) =>
  listAt(entry, "unconfirmed").map(String),
);
const paths = objectAt(load(await readFile("spec/openapi.yaml", "utf8")), "paths");

/** Facts that have been confirmed, or belong to a removed operation, no longer need a case. */
const open = Object.entries(facts).filter(([fact, { operation }]) => {
  const [method = "", path = ""] = operation.split(" ");
  return unconfirmed.includes(fact) && method.toLowerCase() in objectAt(paths, path);
});

describe("drift finds a published spec that differs in an unconfirmed fact:", () => {
  it("every unconfirmed fact has a case", () => {
    expect(unconfirmed.filter((fact) => !Object.hasOwn(facts, fact))).toEqual([]);
  });

  it.each(open)("%s", async (_, { operation, change, finds }) => {
    const spec = objectUnder(load(await readFile("spec/openapi.yaml", "utf8")));
    change(partsOf(spec, operation));
    const site = await startSite({
      "/openapi.json": (_request, response) => {
        respond(response, 200, JSON.stringify(spec), { "content-type": "application/json" });
      },
    });

    const { findings } = await findDrift({
      base: "spec/openapi.yaml",
      published: `${site.origin}/openapi.json`,
    });

    const found = new Set(findings.map(({ level, rule }) => `${level} ${rule}`));
    expect([...found].sort()).toEqual([...finds].sort());
    for (const { reaches } of findings)
      expect(reaches.map((reach) => reach.operation)).toEqual([operation]);
  });
});
