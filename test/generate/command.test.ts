import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "../../scripts/lib/input-error.js";
import { runGenerate, type GenerateOptions } from "../../scripts/generate/run-generate.js";
import { errorCodes } from "../../src/generated/errors.js";
import { operations } from "../../src/generated/operations.js";
import { captureOutput, type CapturedOutput } from "../support/capture-output.js";

const FILES = [
  "api.ts",
  "behaviour.ts",
  "client.ts",
  "errors.ts",
  "openapi.json",
  "operations.ts",
  "prices.ts",
  "schema.ts",
];

let folder: string;
let out: string;
let printed: CapturedOutput;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "generate-"));
  out = join(folder, "generated");
  printed = captureOutput();
});

afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, text: string) {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const generate = (spec: string, options: Partial<GenerateOptions> = {}) =>
  runGenerate({ spec, out, check: false, ...options });

/** A document with these error codes. */
const withCodes = (...codes: string[]) => `openapi: 3.0.3
info: { title: Codes, version: "1" }
paths:
  /tea:
    get:
      responses:
        default:
          content: { application/json: { schema: { $ref: "#/components/schemas/ErrorResponse" } } }
components:
  schemas:
    ErrorResponse:
      type: object
      properties:
        error: { $ref: "#/components/schemas/Error" }
    Error:
      type: object
      properties:
        code:
          type: string
          description: What went wrong
          enum:
${codes.map((code) => `            - ${code}`).join("\n")}
`;

const row = (code: string, more = "") =>
  `  ${code}: { status: 400, meaning: it is bad, action: Mend it., canSucceedLater: false${more} }\n`;

describe("npm run generate", () => {
  test("writes its files, and nothing else", async () => {
    expect(await generate("spec/openapi.yaml")).toBe(0);
    expect((await readdir(out)).sort()).toEqual(FILES);
    expect(printed.out).toBe(
      `generated schema.ts, operations.ts, client.ts, api.ts, errors.ts, prices.ts, behaviour.ts, openapi.json in ${out}: ` +
        `${Object.keys(operations).length} operations, ${errorCodes.length} error codes\n`,
    );
    expect(printed.err).toBe("");
    for (const file of FILES) {
      const text = await readFile(join(out, file), "utf8");
      expect(text).toBe(await readFile(join("src/generated", file), "utf8"));
    }
  });

  test("reports stale, missing and foreign files with --check, and writes nothing", async () => {
    const spec = await put(
      "api.yaml",
      'openapi: 3.0.3\ninfo: { title: A, version: "1" }\npaths: {}\n',
    );
    await generate(spec);
    expect(await generate(spec, { check: true })).toBe(0);

    await put("generated/errors.ts", "// edited by hand\n");
    await rm(join(out, "schema.ts"));
    await put("generated/notes.md", "Mine\n");
    expect(await generate(spec, { check: true })).toBe(1);
    expect(printed.err.split("\n")).toEqual([
      `${join(out, "schema.ts")}: missing`,
      `${join(out, "errors.ts")}: stale`,
      `${join(out, "notes.md")}: not a generated file`,
      `Run npm run generate -- --spec ${spec} --out ${out}, and commit what it writes.`,
      "",
    ]);
    expect(await readFile(join(out, "errors.ts"), "utf8")).toBe("// edited by hand\n");
  });

  test("generates the same types from a document in YAML and in JSON", async () => {
    const yaml = await put("api.yaml", withCodes("A"));
    await generate(yaml);
    const types = await readFile(join(out, "schema.ts"), "utf8");
    const json = await put("api.json", await readFile(join(out, "openapi.json"), "utf8"));
    await generate(json);
    expect((await readFile(join(out, "schema.ts"), "utf8")).replace("api.json", "api.yaml")).toBe(
      types,
    );
  });

  test("warns about a relation that the client cannot check", async () => {
    const spec = await put(
      "api.yaml",
      `openapi: 3.0.3
info: { title: A, version: "1" }
paths: {}
components:
  schemas:
    Item:
      type: object
      properties: { id: {}, owner: {}, number: {} }
      oneOf:
        - required: [id]
        - required: [owner, number]
`,
    );
    expect(await generate(spec)).toBe(0);
    expect(printed.err).toBe(
      `warning: ${spec}:6:5: relates id, owner, number in a way that only the types can say, not the client\n`,
    );
  });
});

describe("the error catalogue that generate reads", () => {
  test("is the one next to the document", async () => {
    const spec = await put("api.yaml", withCodes("OUT_OF_TEA"));
    await put("errors.yaml", `codes:\n${row("OUT_OF_TEA")}`);
    expect(await generate(spec)).toBe(0);
    const errors = await readFile(join(out, "errors.ts"), "utf8");
    expect(errors).toContain('export type ErrorCode = "OUT_OF_TEA";');
    expect(errors).toContain('meaning: "it is bad"');
    expect(printed.err).toBe("");
  });

  test("leaves a code without a row to be explained by its name", async () => {
    const spec = await put("api.yaml", withCodes("OUT_OF_TEA", "OUT_OF_MILK"));
    await put("errors.yaml", `codes:\n${row("OUT_OF_TEA")}`);
    expect(await generate(spec)).toBe(0);
    const errors = await readFile(join(out, "errors.ts"), "utf8");
    expect(errors).toContain('meaning: "out of milk"');
  });

  test("may have a row without a code, which changes nothing", async () => {
    const spec = await put("api.yaml", withCodes("OUT_OF_TEA"));
    const errors = await put("errors.yaml", `codes:\n${row("OUT_OF_TEA")}`);
    await generate(spec);
    const alone = await readFile(join(out, "errors.ts"), "utf8");
    await put("errors.yaml", `codes:\n${row("OUT_OF_TEA")}${row("OUT_OF_MILK")}`);
    await generate(spec, { errors });
    expect(await readFile(join(out, "errors.ts"), "utf8")).toBe(alone);
  });

  test.each([
    [
      "a field that is not one",
      row("A", ", advice: none"),
      "errors.yaml:2:83: A: advice is not a field of a row",
    ],
    [
      "a status that is not an error",
      row("A").replace("400", '"400"'),
      "errors.yaml:2:8: A: status must be an HTTP status from 400 to 599",
    ],
  ])("with %s stops generation", async (_, rows, message) => {
    const spec = await put("api.yaml", withCodes("A"));
    const errors = await put("errors.yaml", `codes:\n${rows}`);
    await expect(generate(spec, { errors })).rejects.toThrow(new InputError(join(folder, message)));
    await expect(readdir(out)).rejects.toThrow("ENOENT");
  });

  test("with several problems reports all of them at once", async () => {
    const spec = await put("api.yaml", withCodes("A"));
    await put("errors.yaml", "codes:\n  A: { status: 7, meaning: 7 }\n");
    const error: unknown = await generate(spec).catch((reason: unknown) => reason);
    expect((error as Error).message.split("\n")).toHaveLength(2);
  });
});

describe("bad input gives one line per problem and writes nothing", () => {
  const head = 'openapi: 3.0.3\ninfo: { title: A, version: "1" }\n';
  test.each([
    ["no such file", undefined, ": cannot be read (no such file)"],
    ["not YAML", "a: [\n", ":2:1: not valid YAML or JSON"],
    ["another version", 'swagger: "2.0"\n', ": is not an OpenAPI 3.0, 3.1 or 3.2 document"],
    ["a list", "- openapi: 3.0.3\n", ": is not an OpenAPI 3.0, 3.1 or 3.2 document"],
    [
      "a reference to nowhere",
      `${head}paths:\n  /a: { get: { responses: { 200: { $ref: "#/components/responses/No" } } } }\n`,
      ":4:36: $ref leads nowhere: #/components/responses/No",
    ],
    [
      "a reference to another file",
      `${head}paths:\n  /a: { $ref: "a.yaml#/a" }\n`,
      ":4:9: $ref leads out of the document: a.yaml#/a",
    ],
    [
      "two operations with the same id",
      `${head}paths:\n  /a: { get: { operationId: a } }\n  /b: { get: { operationId: a } }\n`,
      ":5:16: operationId a is also that of GET /a",
    ],
    [
      "an invalid schema",
      `${head}paths: {}\ncomponents: { schemas: { A: [] } }\n`,
      ":4:26: is not a schema",
    ],
  ])("%s", async (_, text, message) => {
    const spec = join(folder, "api.yaml");
    if (text !== undefined) await put("api.yaml", text);
    await expect(generate(spec)).rejects.toThrow(spec + message);
    await expect(readdir(out)).rejects.toThrow("ENOENT");
  });
});
