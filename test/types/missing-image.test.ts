import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  documentedOperations,
  generatedDocument,
} from "../../scripts/docs/documented-operations.js";
import { isObject, stringsAt } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";
import { root } from "../docs/snippets.js";
import { languageServiceFor } from "./language-service.js";

const document = await generatedDocument();

/**
 * Each operation that needs one of several fields, with a body that has only the other required
 * fields. About an empty object, the compiler only says that it is not a body.
 */
const cases = documentedOperations(document).flatMap(({ facts, body }) => {
  const choices = (facts.rules ?? []).filter(({ kind }) => kind === "exactly-one");
  const [first] = choices;
  if (!first || !body || !isObject(body.example)) return [];
  const chosen = choices.flatMap(({ fields }) => fields);
  const others = Object.entries(body.example).filter(([field]) => !chosen.includes(field));
  const required = stringsAt(dereference(document, body.schema), "required");
  const needed = others.filter(([field]) => required.includes(field));
  const fields = needed.length > 0 ? needed : others.slice(0, 1);
  const words = first.fields.join(" or ");
  // Everything else is there: only the image is missing.
  const besides = chosen.filter((field) => !first.fields.includes(field));
  const given = Object.entries(body.example).filter(([field]) => besides.includes(field));
  return [
    { name: facts.name, words, body: Object.fromEntries(fields) },
    ...(given.length > 0
      ? [{ name: facts.name, words, body: Object.fromEntries([...fields, ...given]) }]
      : []),
  ];
});

const program = [
  'import { createPikzels } from "pikzels-client";',
  "const pikzels = createPikzels();",
  ...cases.map(({ name, body }) => `void pikzels.${name}(${JSON.stringify(body)});`),
].join("\n");

const file = join(root, "test/types/missing.ts");
const messages = languageServiceFor(file, program)
  .getSemanticDiagnostics(file)
  .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));

describe("the compile error for a body without its image", () => {
  test("exists for every operation that needs one", () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(messages).toHaveLength(cases.length);
  });

  test.each(
    cases.map(({ name, words, body }, index) => ({
      name,
      words,
      index,
      given: Object.keys(body).join(", "),
    })),
  )("of $name, given $given, names $words in under 300 characters", ({ words, index }) => {
    expect(messages[index]).toContain(words);
    expect(messages[index]?.length).toBeLessThan(300);
  });
});
