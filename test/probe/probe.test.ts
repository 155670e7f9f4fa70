import { readFileSync } from "node:fs";
import { startEmulator, type EmulatorOptions } from "pikzels-client/emulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkCannotBeBilled } from "../../scripts/probe/guard.js";
import type { Finding } from "../../scripts/probe/judge.js";
import { planProbes } from "../../scripts/probe/plan.js";
import type { Probe } from "../../scripts/probe/probe.js";
import { askAll } from "../../scripts/probe/run-probe.js";
import { objectAt, type JsonObject } from "../../src/openapi/json.js";

const file = new URL("../sample-api/generated/openapi.json", import.meta.url);
const text = readFileSync(file, "utf8");
const published = JSON.parse(text) as JsonObject;
const probes = planProbes(published);

/**
 * What the probe says about the published document's claims, asked of an emulator. If the emulator
 * serves another document, only the operations that differ in it are probed.
 */
async function probeEmulator(options: EmulatorOptions, served = published) {
  const emulator = await startEmulator({ clock: "manual", spec: served, ...options });
  onTestFinished(() => emulator.close());
  let inFlight = 0;
  let most = 0;
  const isChanged = ({ operation: { path } }: Probe) =>
    JSON.stringify(objectAt(served, "paths")[path]) !==
    JSON.stringify(objectAt(published, "paths")[path]);
  const changed = probes.filter(isChanged);
  const asked = askAll(published, changed.length > 0 ? changed : probes, {
    baseUrl: emulator.url,
    key: "pkz_probe_canary",
    paceMs: 1,
    delay: () => Promise.resolve(),
    fetch: async (...args) => {
      most = Math.max(most, ++inFlight);
      try {
        return await fetch(...args);
      } finally {
        inFlight--;
      }
    },
  });
  const findings = await collect(asked);
  return { findings, emulator, mostInFlight: most };
}

/** `Array.fromAsync`, which Node 20 does not have. */
async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const contradictions = (findings: readonly Finding[]) =>
  findings.filter(({ verdict }) => verdict === "contradicted");

describe("the probe of a service that matches its document", () => {
  test("contradicts nothing, confirms nearly everything, and costs nothing", async () => {
    const { findings, emulator, mostInFlight } = await probeEmulator({});

    expect(contradictions(findings)).toEqual([]);
    const confirmed = findings.filter(({ verdict }) => verdict === "confirmed");
    expect(confirmed.length / findings.length).toBeGreaterThan(0.95);
    expect(findings.every(({ requestId }) => requestId !== undefined)).toBe(true);
    expect(emulator.ledger.charges).toEqual([]);
    expect(mostInFlight).toBe(1);
  });

  test("passes the parameters that an operation requires", async () => {
    const served = structuredClone(published);
    const [operation] = Object.values(objectAt(served, "paths", "/v2/title/text"));
    const string = { type: "string", enum: ["north"] };
    Object.assign(operation as JsonObject, {
      parameters: [
        { name: "X-Workspace", in: "header", required: true, schema: string },
        { name: "region", in: "query", required: true, schema: string },
      ],
    });
    const emulator = await startEmulator({ clock: "manual", spec: served });
    onTestFinished(() => emulator.close());
    const asked = askAll(served, planProbes(served), {
      baseUrl: emulator.url,
      key: "pkz_probe_canary",
      paceMs: 0,
      delay: () => Promise.resolve(),
      fetch,
    });
    expect(contradictions(await collect(asked))).toEqual([]);
  });

  test("asks for an unknown id only if an operation creates ids", () => {
    const asked = (document: JsonObject) =>
      planProbes(document).filter(({ fact }) => fact === "an unknown id is not found").length;
    const remaining = Object.entries(objectAt(published, "paths")).filter(
      ([path, item]) => path.includes("{") || !("post" in Object(item)),
    );
    expect(asked(published)).toBeGreaterThan(0);
    expect(asked({ ...published, paths: Object.fromEntries(remaining) })).toBe(0);
  });

  test("asks something about every operation", () => {
    const paths = Object.values(published["paths"] as JsonObject);
    const operations = paths.flatMap((item) => Object.values(item as JsonObject));
    expect(new Set(probes.map(({ operation }) => operation.id)).size).toBe(operations.length);
  });
});

describe("the probe of a changed service contradicts what it can see, and costs nothing:", () => {
  const replaced = (from: string | RegExp, to: string): JsonObject => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return JSON.parse(changed) as JsonObject;
  };

  /** The document, with its first operation that has such a body field changed. */
  function withField(field: string, change: (property: JsonObject, schema: JsonObject) => void) {
    const document = JSON.parse(text) as JsonObject;
    const schema = bodySchemas(document).find(({ properties }) => field in (properties as object));
    if (!schema) throw new Error(`no body has ${field}`);
    change((schema["properties"] as Record<string, JsonObject>)[field] ?? {}, schema);
    return document;
  }

  function bodySchemas(document: JsonObject): JsonObject[] {
    const found: JsonObject[] = [];
    JSON.stringify(document, (key, value: { content?: Record<string, { schema: JsonObject }> }) => {
      if (key === "requestBody")
        found.push(...Object.values(value.content ?? {}).map(({ schema }) => schema));
      return value;
    });
    return found;
  }

  test.each<[string, () => JsonObject, string]>([
    [
      "a lower limit on characters",
      () => withField("prompt", (prompt) => (prompt["maxLength"] = 2000)),
      "prompt: takes",
    ],
    [
      "a higher limit on characters",
      () => withField("prompt", (prompt) => (prompt["maxLength"] = 4000)),
      "prompt: at most",
    ],
    [
      "a removed model",
      () => withField("model", (model) => (model["enum"] as string[]).shift()),
      "model: takes",
    ],
    [
      "models that are no longer listed",
      () => withField("model", (model) => delete model["enum"]),
      "model: one of",
    ],
    [
      "a different pattern",
      () => withField("prompt", (prompt) => (prompt["pattern"] = "^[A-Z]+$")),
      "prompt: takes",
    ],
    [
      "no pattern",
      () => withField("prompt", (prompt) => delete prompt["pattern"]),
      "prompt: pattern",
    ],
    ["any type", () => withField("prompt", (prompt) => delete prompt["type"]), "prompt: type"],
    [
      "fewer images",
      () => withField("image_urls", (list) => (list["minItems"] = 2)),
      "image_urls: at least",
    ],
    [
      "more images",
      () => withField("image_urls", (list) => (list["maxItems"] = 4)),
      "image_urls: at most",
    ],
    [
      "a field that is no longer required",
      () =>
        withField(
          "format",
          (_, schema) =>
            (schema["required"] = (schema["required"] as string[]).filter(
              (name) => name !== "format",
            )),
        ),
      "format: required",
    ],
    [
      "accepted unknown fields",
      () => withField("prompt", (_, schema) => (schema["additionalProperties"] = true)),
      "unknown fields",
    ],
    [
      "images that no longer exclude each other",
      () => withField("image_urls", (_, schema) => delete schema["allOf"]),
      "not both",
    ],
    ["a removed operation", () => replaced('"/v2/title/text"', '"/v2/title/prompt"'), ""],
    [
      "a different path of a path parameter",
      () => replaced('"/v2/pikzonality/{id}"', '"/v3/pikzonality/{id}"'),
      "",
    ],
    ["a different key header", () => replaced(/"X-Api-Key"/gi, '"X-Other-Key"'), "takes the key"],
    [
      "a bearer token",
      () =>
        replaced(
          /"type": "apiKey",\s*"in": "header",\s*"name": "[^"]*"/,
          '"type": "http", "scheme": "bearer"',
        ),
      "takes the key",
    ],
    [
      "no key at all",
      () => replaced(/"security": \[\s*\{[^\]]*\]\s*\}\s*\]/g, '"security": []'),
      "needs a key",
    ],
    ["a different code", () => replaced(/"NOT_FOUND"/g, '"GONE_AWAY"'), "unknown id"],
    ["a different form of errors", () => replaced(/"request_id"/g, '"trace_id"'), ""],
  ])("%s", async (_, change, fact) => {
    const { findings, emulator } = await probeEmulator({}, change());
    const seen = contradictions(findings).map((finding) => finding.fact);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.some((one) => one.includes(fact))).toBe(true);
    expect(emulator.ledger.charges).toEqual([]);
  });
});

describe("a request of the probe", () => {
  test("is never one that could be carried out", () => {
    for (const probe of probes)
      expect(() => {
        checkCannotBeBilled(published, probe);
      }).not.toThrow();
  });

  test("is checked once more before it leaves: a valid body, or a POST without one, is not sent", () => {
    const valid = { prompt: "A summit", model: "pkz_4", format: "16:9" };
    const probe = probes.find(
      ({ body }) => typeof body === "object" && body !== null && "prompt" in body,
    );
    if (!probe) throw new Error("no probe has a prompt");
    const withBody = probes.find(({ operation }) => operation.path.endsWith("/thumbnail/text"));
    if (!withBody) throw new Error("no probe is about texts");
    for (const body of [valid, undefined])
      expect(() => {
        checkCannotBeBilled(published, { ...withBody, key: "own", body });
      }).toThrow("could be billed and is not sent");
    expect(() => {
      checkCannotBeBilled(published, { ...withBody, key: "none", body: valid });
    }).toThrow("could be billed and is not sent");
  });

  test("names an image or a resource that does not exist, or is wrong in a second way", () => {
    const paid = probes.filter(
      ({ operation, key, body }) =>
        operation.method === "POST" && key === "own" && !Array.isArray(body),
    );
    expect(paid.length).toBeGreaterThan(50);
    for (const { body } of paid)
      expect(JSON.stringify(body)).toMatch(
        /pikzels-client\.invalid|base64,AAAA|"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"|probe_unknown_/,
      );
  });
});

test("a service that refuses the key ends the probe with one line", async () => {
  await expect(probeEmulator({ keys: { pkz_probe_canary: "deleted" } })).rejects.toThrow(
    "the service refuses the key (API_KEY_DELETED); nothing more can be asked",
  );
});

test("the probe retries a busy service", async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  emulator.provoke({ code: "TOO_MANY_REQUESTS", times: 3, retryAfter: 7 });
  const waits: number[] = [];
  const asked = askAll(published, probes.slice(0, 1), {
    baseUrl: emulator.url,
    key: "pkz_probe_canary",
    paceMs: 0,
    fetch,
    delay: (ms) => Promise.resolve(void waits.push(ms)),
  });
  expect(await collect(asked)).toMatchObject([{ verdict: "confirmed" }]);
  expect(waits).toEqual([7000, 7000, 7000]);
});
