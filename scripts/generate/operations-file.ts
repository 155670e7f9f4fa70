import type { JsonObject } from "../../src/openapi/json.js";
import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { bodyFacts } from "./body-facts.js";
import type { Operation } from "./operation-list.js";
import type { OperationNames } from "./operation-names.js";
import { jsonBodySchema } from "./operation-types.js";

const DECLARATIONS = `
/** How many of some body fields a request may hold. */
export interface PresenceRule {
  /** How many of them. */
  readonly kind: "exactly-one" | "at-most-one" | "at-least-one" | "all-or-none";
  /** Their names. */
  readonly fields: readonly string[];
}

/** What a body field that carries an image source must look like. */
export interface ImageField {
  /** A regular expression that the value, or each item of the list, matches. */
  readonly pattern: string;
  /** Given for every field that holds a list, and for no other. */
  readonly minItems?: number;
  /** Given for every field that holds a list, and for no other. */
  readonly maxItems?: number;
}

/** What the client must know of an operation when it runs. */
export interface OperationFacts {
  /** In upper case. */
  readonly method: ${HTTP_METHODS.map((method) => `"${method.toUpperCase()}"`).join(" | ")};
  /** Path template: \`/v2/pikzonality/{id}\`. */
  readonly path: string;
  /** Left out where there is none. */
  readonly rules?: readonly PresenceRule[];
  /** Left out where no field carries an image. */
  readonly images?: Readonly<Record<string, ImageField>>;
}
`;

/** Writes `operations.ts`: each operation's facts for the client, and which types are whose. */
export function operationsFile(
  document: JsonObject,
  operations: readonly Operation[],
  names: readonly OperationNames[],
): string {
  const facts = operations.map(
    (operation) => [operation.id, factsOf(document, operation)] as const,
  );
  const ofSchema = names.flatMap(({ types }) => types.map(({ name }) => name)).join(", ");
  const byOperation = (kind: "body" | "response") =>
    names.flatMap((one) => (one[kind] ? [`${JSON.stringify(one.id)}: ${one[kind]};`] : []));
  return [
    `import type { ${ofSchema} } from "./schema.js";`,
    `export type { ${ofSchema} };`,
    DECLARATIONS,
    `/** Every operation by its id. As a type only: \`typeof operations\`. */
export const operations = ${JSON.stringify(Object.fromEntries(facts))} as const satisfies Record<string, OperationFacts>;`,
    `/** The \`operationId\` of an operation of the spec. */
export type OperationId = keyof typeof operations;`,
    `/** The JSON body of each operation that takes one. */
export interface OperationBodies { ${byOperation("body").join("\n")} }`,
    `/** What each operation answers with when it succeeds. */
export interface OperationResponses { ${byOperation("response").join("\n")} }`,
  ].join("\n\n");
}

function factsOf(document: JsonObject, operation: Operation) {
  const { method, path } = operation;
  return {
    method: method.toUpperCase(),
    path,
    ...bodyFacts(document, jsonBodySchema(document, operation)),
  };
}
