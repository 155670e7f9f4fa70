import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { publishedForms } from "../../scripts/docs/published-forms.js";
import { runPipeline, type PipelineResult } from "../../scripts/docs/run-pipeline.js";
import { findDrift } from "../../scripts/drift/index.js";
import { InputError } from "../../scripts/lib/input-error.js";
import { toJsonText } from "../../scripts/lib/json-text.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { isObject } from "../../src/openapi/json.js";
import { compileErrors } from "../generate/support/compile.js";
import { temporaryFolder } from "../pull/temporary-folder.js";

/** What the pipeline made of each form: a result, or the reason why it was refused. */
const outcomes = await Promise.all(
  publishedForms.map(async (form) => {
    const outcome = await runPipeline(form).catch((error: unknown) => error);
    return { says: form.says, outcome };
  }),
);
const taken = outcomes.flatMap(({ says, outcome }) =>
  outcome instanceof Error ? [] : [{ says, result: outcome as PipelineResult }],
);
const refused = outcomes.flatMap(({ says, outcome }) =>
  outcome instanceof Error ? [{ says, error: outcome }] : [],
);

test("the pipeline accepts some forms of the published docs, and refuses others", () => {
  expect(taken.length).toBeGreaterThan(10);
  expect(refused.length).toBeGreaterThan(10);
});

test.for(refused)("a site with $says is refused with lines that name a position", ({ error }) => {
  expect(error).toBeInstanceOf(InputError);
  if (error.message.includes("choose one of them")) return;
  for (const line of error.message.split("\n"))
    expect(line).toMatch(
      /^https:\/\/docs\.example\.com\/[\w.-]+:\d+(:\d+)?: \P{Cc}+$|\.yaml:\d+:\d+: \P{Cc}+$/u,
    );
});

test("the code generated from every accepted form compiles", () => {
  const modules = taken.flatMap(({ result }, index) =>
    [...result.generated]
      .filter(([name]) => name.endsWith(".ts"))
      .map(([name, code]) => [`${index}/${name}`, code] as const),
  );
  expect(modules.length).toBeGreaterThan(taken.length);
  expect(compileErrors(Object.fromEntries(modules))).toEqual([]);
});

/** The same, with the keys of each object, and everything else without an order, reversed. */
function backwards(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => backwards(item));
    return ["required", "enum", "type", "parameters", "anyOf"].includes(key)
      ? items.reverse()
      : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, backwards(inner, name)]),
  );
}

describe.for(taken)("the document merged from a site with $says has no drift", ({ result }) => {
  const parsed = parseDocument({ file: "spec.yaml", text: result.spec, lineOffset: 0 });
  test.for([
    ["itself", result.spec],
    ["itself as JSON", toJsonText(parsed)],
    ["itself in another order", toJsonText(backwards(parsed))],
    ["itself as generated", result.generated.get("openapi.json") ?? ""],
  ] as const)("against %s", async ([, text]) => {
    const folder = await temporaryFolder({ "base.yaml": result.spec, "published.yaml": text });
    const options = { base: join(folder, "base.yaml"), published: join(folder, "published.yaml") };
    expect((await findDrift(options)).findings).toEqual([]);
  });
});
