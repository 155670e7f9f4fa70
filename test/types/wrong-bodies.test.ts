import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  documentedOperations,
  generatedDocument,
  type DocumentedOperation,
} from "../../scripts/docs/documented-operations.js";
import type { OperationFacts, PresenceRule } from "../../src/generated/operations.js";
import { isObject, objectAt, stringsAt, type JsonObject } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";
import { isRuleMet } from "../../src/wrappers/presence-rule.js";
import { root } from "../docs/snippets.js";
import { languageServiceFor } from "./language-service.js";

/** A body that breaks a rule about which fields go together. */
interface WrongBody {
  facts: OperationFacts;
  broken: PresenceRule[];
  /** The fields that it has, of those that rules name. */
  given: string[];
  body: JsonObject;
  /** The fields that take only some strings. */
  literals: string[];
}

const document = await generatedDocument();
const wrongBodies = documentedOperations(document).flatMap(wrongBodiesOf);

/** Every set of the fields that an operation's rules name, if it breaks one of them. */
function wrongBodiesOf({ facts, body }: DocumentedOperation): WrongBody[] {
  const rules = facts.rules ?? [];
  if (!body || !isObject(body.example)) return [];
  const { example, schema } = body;
  const named = [...new Set(rules.flatMap(({ fields }) => fields))];
  const required = stringsAt(dereference(document, schema), "required");
  const others = required.filter((field) => !named.includes(field));
  const valueOf = (field: string): unknown => {
    const { pattern, minItems } = facts.images?.[field] ?? {};
    const image = minItems === undefined ? "a" : Array<string>(minItems).fill("a");
    return pattern === undefined ? (example[field] ?? "a") : image;
  };
  const properties = Object.entries(objectAt(dereference(document, schema), "properties"));
  const literals = properties.flatMap(([field, property]) =>
    "enum" in objectAt({ property: dereference(document, property) }, "property") ? [field] : [],
  );
  return subsetsOf(named).flatMap((given) => {
    const isBroken = ({ kind, fields }: PresenceRule) =>
      !isRuleMet(
        kind,
        fields.map((field) => given.includes(field)),
      );
    const broken = rules.filter(isBroken);
    if (broken.length === 0) return [];
    const fields = [...others, ...given].map((field) => [field, valueOf(field)]);
    return [{ facts, broken, given, literals, body: Object.fromEntries(fields) as JsonObject }];
  });
}

function subsetsOf([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]];
  const without = subsetsOf(rest);
  return [...without, ...without.map((subset) => [first, ...subset])];
}

/** A body as a variable has it, with strings that are no more than strings if any will do. */
function withOwnTypes({ body, literals }: WrongBody): string {
  const fields = Object.entries(body).map(([field, value]) => {
    const type = Array.isArray(value) ? `[${value.map(() => "string").join(", ")}]` : "const";
    const isLiteral = typeof value === "string" && literals.includes(field);
    const assertion = isLiteral || Array.isArray(value) ? ` as ${type}` : "";
    return `${field}: ${JSON.stringify(value)}${assertion}`;
  });
  return `{ ${fields.join(", ")} }`;
}

/** How a body can be given to an operation, by how it is told. */
const calls: Record<string, (wrong: WrongBody) => string> = {
  "to the method, as a literal": ({ facts, body }) =>
    `void pikzels.${facts.name}(${JSON.stringify(body)});`,
  "to the method, as a variable": (wrong) =>
    `{ const body = ${withOwnTypes(wrong)}; void pikzels.${wrong.facts.name}(body); }`,
  "to api, as a literal": ({ facts, body }) =>
    `void pikzels.api.${facts.method}("${facts.path}", { body: ${JSON.stringify(body)} });`,
  "to api, as a variable": (wrong) =>
    `{ const body = ${withOwnTypes(wrong)}; void pikzels.api.${wrong.facts.method}("${wrong.facts.path}", { body }); }`,
};

const cases = wrongBodies.flatMap((wrong) =>
  Object.entries(calls).map(([form, call]) => ({ ...wrong, form, line: call(wrong) })),
);
const prologue = [
  'import { createPikzels } from "pikzels-client";',
  "const pikzels = createPikzels();",
];
const file = join(root, "test/types/wrong.ts");
const messages = messagesOf([...prologue, ...cases.map(({ line }) => line)].join("\n"));
const told = cases.map((one, index) => ({
  ...one,
  message: messages.get(prologue.length + index),
}));

/** The first message of the compiler about each line of a program. */
function messagesOf(program: string): Map<number, string> {
  const first = new Map<number, string>();
  for (const { file: source, start, messageText } of languageServiceFor(
    file,
    program,
  ).getSemanticDiagnostics(file)) {
    const line = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1;
    if (!first.has(line)) first.set(line, ts.flattenDiagnosticMessageText(messageText, "\n"));
  }
  return first;
}

/** A message without the type of the value, which the compiler repeats at will. */
function besidesOwnType(message: string): string {
  const [, own = ""] = /^(?:Argument of type|Type) '(.+?)' is not assignable/.exec(message) ?? [];
  return own === "" ? message : message.replaceAll(own, "");
}

/** Whether every rule of an operation that a body keeps is kept by the first of its fields, or by none. */
function isSingleMistake({ facts, broken, given }: WrongBody): boolean {
  const kept = (facts.rules ?? []).filter((rule) => !broken.includes(rule));
  return (
    broken.length === 1 &&
    kept.every(({ fields }) => fields.slice(1).every((field) => !given.includes(field)))
  );
}

const title = ({ facts, given, form }: (typeof told)[number]) =>
  `of ${facts.name}, with ${given.join(", ") || "none of the fields"}, given ${form}`;

test("the compiler refuses every set of fields that breaks a rule, of every operation", () => {
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter(({ message }) => message === undefined).map(title)).toEqual([]);
});

describe("the compile error for a body without its image", () => {
  // About an empty object, the compiler only says that it is not a body.
  const missing = told.filter(({ facts, given, body }) => {
    const choices = (facts.rules ?? []).filter(({ kind }) => kind === "exactly-one");
    const [first, ...further] = choices;
    const allowed = further.flatMap(({ fields }) => fields);
    return (
      first !== undefined &&
      Object.keys(body).length > 0 &&
      given.every((field) => allowed.includes(field)) &&
      further.every(({ fields }) => fields.filter((field) => given.includes(field)).length < 2)
    );
  });

  test("exists for an operation", () => {
    expect(missing.length).toBeGreaterThan(0);
  });

  test.each(missing.map((one) => ({ ...one, title: title(one) })))(
    "$title, names the fields of the choice in under 300 characters",
    ({ facts, message }) => {
      const choice = facts.rules?.find(({ kind }) => kind === "exactly-one");
      expect(message).toContain(choice?.fields.join(" or "));
      expect(message?.length).toBeLessThan(300);
    },
  );
});

describe("the compile error for a literal with a single mistake", () => {
  const single = told.filter((one) => one.form.endsWith("literal") && isSingleMistake(one));

  test.each(single.map((one) => ({ ...one, title: title(one) })))(
    "$title, takes under 300 characters besides the literal's own type",
    ({ message = "" }) => {
      expect(besidesOwnType(message).length).toBeLessThan(300);
    },
  );
});
