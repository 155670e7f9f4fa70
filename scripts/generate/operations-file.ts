import { HTTP_METHODS } from "../lib/http-methods.js";
import { objectAt, type JsonObject } from "../lib/json-object.js";
import { bodyFacts } from "./body-facts.js";
import { bodyType, jsonBodySchema, responseType } from "./operation-types.js";
import { freeName, type Operation } from "./operation-list.js";
import type { ResolveRef } from "./load-spec.js";

const DECLARATIONS = `
/** How many of some body fields a request may hold. */
export interface PresenceRule {
  readonly kind: "exactly-one" | "at-most-one" | "at-least-one" | "all-or-none";
  readonly fields: readonly string[];
}

/** What a body field that carries an image source must look like. */
export interface ImageField {
  readonly pattern: string;
  /** Given for every field that holds a list, and for no other. */
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What the client must know of an operation when it runs. */
export interface OperationFacts {
  readonly method: ${HTTP_METHODS.map((method) => `"${method.toUpperCase()}"`).join(" | ")};
  /** Path template: \`/v2/pikzonality/{id}\`. */
  readonly path: string;
  /** Left out where there is none. */
  readonly rules?: readonly PresenceRule[];
  /** Left out where no field carries an image. */
  readonly images?: Readonly<Record<string, ImageField>>;
}
`;

/** Writes `operations.ts`: each operation's facts for the client, and names for its types. */
export function operationsFile(operations: readonly Operation[], resolve: ResolveRef): string {
  const names = typeNames(operations);
  const facts = operations.map((operation) => [operation.id, factsOf(operation, resolve)] as const);
  const bodies: string[] = [];
  const responses: string[] = [];
  const aliases = operations.flatMap((operation) => {
    const name = names.get(operation.id) ?? operation.id;
    const key = JSON.stringify(operation.id);
    const body = bodyType(operation, resolve);
    responses.push(`${key}: ${name}Response;`);
    if (body) bodies.push(`${key}: ${name}Body;`);
    return [
      ...(body ? [`${comment("Body", operation)}\nexport type ${name}Body = ${body};`] : []),
      `${comment("Response", operation)}\nexport type ${name}Response = ${responseType(operation, resolve)};`,
    ];
  });

  return [
    'import type { operations as schema } from "./schema.js";',
    DECLARATIONS,
    `/** Every operation by its id. */
export const operations = ${JSON.stringify(Object.fromEntries(facts))} as const satisfies Record<string, OperationFacts>;`,
    "export type OperationId = keyof typeof operations;",
    ...aliases,
    `/** The JSON body of each operation that takes one. */
export interface OperationBodies { ${bodies.join("\n")} }`,
    `/** What each operation answers with when it succeeds. */
export interface OperationResponses { ${responses.join("\n")} }`,
  ].join("\n\n");
}

function factsOf(operation: Operation, resolve: ResolveRef) {
  const { method, path } = operation;
  return { method, path, ...bodyFacts(jsonBodySchema(operation, resolve), resolve) };
}

/** `post_v2_title_text` → `PostV2TitleText`; a number where two ids give the same. */
function typeNames(operations: readonly Operation[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of operations) {
    const words = id.split(/[^\p{ID_Continue}]+|_+/u);
    const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    const name = freeName(/^\p{ID_Start}/u.test(pascal) ? pascal : `Operation${pascal}`, taken);
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function comment(what: "Body" | "Response", { method, path, definition }: Operation): string {
  const summary = firstLine(definition);
  const url = objectAt(definition, "externalDocs")["url"];
  const lines = [
    `${what} of \`${method} ${path}\`${summary ? `: ${summary}` : "."}`,
    ...(typeof url === "string" ? [`@see ${url}`] : []),
    ...(definition["deprecated"] === true ? ["@deprecated"] : []),
  ].map((line) => line.replaceAll("*/", "*\\/"));
  return lines.length === 1 ? `/** ${lines[0] ?? ""} */` : `/**\n * ${lines.join("\n * ")}\n */`;
}

function firstLine({ summary, description }: JsonObject): string {
  const text = typeof summary === "string" ? summary : description;
  return typeof text === "string" ? (text.trim().split("\n")[0] ?? "") : "";
}
