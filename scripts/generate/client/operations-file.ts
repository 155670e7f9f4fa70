import type { JsonObject } from "../../../src/openapi/json.js";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import type { Operation } from "../operation-list.js";
import { bodyFacts } from "./body-facts.js";
import { answerKind, bodyContent } from "./media-types.js";
import {
  inBraces,
  memberLayout,
  namesLayout,
  parseType,
  print,
  propertyKey,
} from "../types/code-layout.js";
import { aliasLayout } from "../types/type-layout.js";
import type { OperationNames } from "./operation-names.js";
import { jsonBodySchema } from "./operation-types.js";
import { parameterFacts } from "./parameters.js";
import { readinessOf, waitingMethods } from "./readiness.js";
import type { DocumentSecurity } from "./security.js";

const DECLARATIONS = `
/** Which of some body fields a request may hold. */
export interface PresenceRule {
  /** How many of them; \`requires\`: with the first all the others, too. */
  readonly kind: "exactly-one" | "at-most-one" | "at-least-one" | "all-or-none" | "requires";
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

/** How a query, header or path parameter is written; defaults of OpenAPI are left out. */
export interface ParameterFacts {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: true;
  /** Default: \`form\` in the query, \`simple\` elsewhere. */
  readonly style?: string;
  /** Default: true for \`form\`, false for the other styles. */
  readonly explode?: boolean;
  readonly allowReserved?: true;
  /** Whether the value is written as JSON. */
  readonly json?: true;
}

/** What the client must know of an operation when it runs. */
export interface OperationFacts {
  /** In upper case. */
  readonly method: ${HTTP_METHODS.map((method) => `"${method.toUpperCase()}"`).join(" | ")};
  /** Path template: \`/v2/pikzonality/{id}\`. */
  readonly path: string;
  /** The method of the client that calls it: \`thumbnails.fromText\`. */
  readonly name: string;
  /** Those in the query and in headers, and those in the path that are more than a text. */
  readonly parameters?: readonly ParameterFacts[];
  /** Left out if it takes no body. */
  readonly body?: { readonly mediaType: string; readonly required?: true };
  /** What a success is answered with; left out for a JSON object. \`"any"\` is JSON or nothing. */
  readonly answer?: "value" | "any" | "none" | "binary" | "text" | "stream";
  /** Left out for the scheme of the API; \`"none"\` if no key is sent. */
  readonly security?: "none" | { readonly name: string; readonly prefix?: string };
  /** Left out if there is none. */
  readonly rules?: readonly PresenceRule[];
  /** Left out if no field carries an image. */
  readonly images?: Readonly<Record<string, ImageField>>;
  /** Left out unless its status ends as completed or failed, so that it can be waited for. */
  readonly readiness?: {
    /** The method of the client that waits: \`pikzonalities.waitUntilReady\`. */
    readonly name: string;
    /** The field of the answer with the status. */
    readonly status: string;
    /** The status after success. */
    readonly completed: string;
    /** Each status after a failure. */
    readonly failed: readonly string[];
    /** The fields of the answer that are null until it is completed. */
    readonly fields: readonly string[];
  };
}
`;

/** What is known about the operations of a document besides the document itself. */
export interface OperationKnowledge {
  /** Operation id → method of the client. */
  methods: ReadonlyMap<string, string>;
  security: DocumentSecurity;
}

/**
 * Writes `operations.ts`, formatted as prettier would: the facts that the client needs about each
 * operation, and the types of each.
 */
export function operationsFile(
  document: JsonObject,
  operations: readonly Operation[],
  names: readonly OperationNames[],
  knowledge: OperationKnowledge,
): string {
  const waiting = waitingMethods(document, operations, knowledge.methods);
  const facts = operations.map(
    (operation) => [operation.id, factsOf(document, operation, knowledge, waiting)] as const,
  );
  const ofSchema = names.flatMap(({ types }) => types.map(({ name }) => name));
  return [
    print(namesLayout("import type", ofSchema, ' from "./schema.js";')),
    print(namesLayout("export type", ofSchema, ";")),
    DECLARATIONS.trim(),
    `/** Every operation by its id. As a type only: \`typeof operations\`. */
export const operations = ${inBraces(facts.map(([id, its]) => print([memberLayout(id, its), ","], 1)))} as const satisfies Record<string, OperationFacts>;`,
    `/** The \`operationId\` of an operation of the spec. */
export type OperationId = keyof typeof operations;`,
    `/** The body of each operation that takes one. */
export interface OperationBodies ${typesByOperation(names, "body")}`,
    `/** What each operation answers with when it succeeds. */
export interface OperationResponses ${typesByOperation(names, "response")}`,
    `${awaitedType(facts)}\n`,
  ].join("\n\n");
}

/** The names of the body types, or of the response types, by operation. */
function typesByOperation(names: readonly OperationNames[], kind: "body" | "response"): string {
  return inBraces(
    names.flatMap((one) => (one[kind] ? [`  ${propertyKey(one.id)}: ${one[kind]};`] : [])),
  );
}

/** What all resources that can be waited for have in common, or one such resource. */
function awaitedType(facts: readonly (readonly [id: string, facts: { readiness?: unknown }])[]) {
  const awaited = facts
    .filter(([, { readiness }]) => readiness)
    .map(([id]) => `OperationResponses[${JSON.stringify(id)}]`);
  const comment =
    "/** What `waitUntilReady` follows: a resource whose status ends as completed or failed. */";
  const type = awaited.join(" | ") || "{ progress?: number }";
  return print(aliasLayout("AwaitedResource", comment, parseType(type)));
}

function factsOf(
  document: JsonObject,
  operation: Operation,
  { methods, security }: OperationKnowledge,
  waiting: ReadonlyMap<string, string>,
) {
  const parameters = parameterFacts(document, operation);
  const body = bodyContent(document, operation);
  const answer = answerKind(document, operation);
  const exception = security.exceptions.get(operation.id);
  const readiness = readinessOf(document, operation);
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    name: methods.get(operation.id),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body && { body }),
    ...(answer === "json" ? {} : { answer }),
    ...(exception && { security: exception }),
    ...bodyFacts(document, jsonBodySchema(document, operation)),
    ...(readiness && { readiness: { name: waiting.get(operation.id), ...readiness } }),
  };
}
