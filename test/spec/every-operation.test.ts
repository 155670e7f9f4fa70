import { createPikzels, errorCatalog, errorCodes, PikzelsApiError } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  exampleCalls,
  mayBeCreatedAt,
  type ExampleCall,
} from "../../scripts/demo/example-calls.js";
import { isObject } from "../../src/openapi/json.js";
import { keyHeaderOf } from "../../src/wrappers/facts.js";

type AnyMethod = (...args: unknown[]) => Promise<unknown>;

const calls = await exampleCalls("spec/openapi.yaml");
let emulator: Emulator;
let methods: Record<string, Record<string, AnyMethod>>;

beforeEach(async () => {
  emulator = await startEmulator({ trainingMs: 0 });
  const pikzels = createPikzels({ apiKey: "pkz_spec", baseUrl: emulator.url, maxRetries: 0 });
  methods = pikzels as unknown as typeof methods;
});
afterEach(() => emulator.close());

function call({ facts, args }: ExampleCall): Promise<unknown> {
  const [group = "", method = ""] = facts.name.split(".");
  const found = methods[group]?.[method];
  if (!found) throw new Error(`the client has no method ${facts.name}`);
  return found(...args);
}

/** Whatever an example reads, changes or deletes has to exist: another example creates it. */
async function withCreated(example: ExampleCall): Promise<ExampleCall> {
  const creations = calls.filter(
    ({ facts: { method, path } }) =>
      method === "POST" && !path.includes("{") && mayBeCreatedAt(example.facts.path, path),
  );
  for (const creation of creations) {
    const answer = await call(creation);
    if (isObject(answer) && typeof answer["id"] === "string")
      return { ...example, args: [answer["id"], ...example.args.slice(1)] };
  }
  return example;
}

test.each(calls.map((example) => [example.facts.name, example] as const))(
  "%s makes a round trip with the example from the spec",
  async (_, example) => {
    const prepared = await withCreated(example);
    await call(prepared);
    const { method } = example.facts;
    const hadKey = keyHeaderOf(example.facts) !== undefined;
    expect(emulator.requests.at(-1)).toMatchObject({ method, hadKey });
    expect(emulator.requests.at(-1)?.status).toSatisfy((status) => status >= 200 && status < 300);
  },
);

test.each(errorCodes)("the code %s arrives as a typed error", async (code) => {
  emulator.provoke({ code });
  const [example] = calls;
  if (!example) throw new Error("the spec has no operation");
  const error: unknown = await call(example).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PikzelsApiError);
  expect(error).toMatchObject({ code, meaning: errorCatalog[code].meaning });
});
