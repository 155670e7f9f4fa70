import { operations, type OperationFacts, type OperationId } from "../../generated/operations.js";
import { kebabCase } from "./kebab-case.js";
import { objectAt, type JsonObject } from "../../openapi/json.js";
import { operationsOf, type DocumentOperation } from "../../openapi/operations.js";
import { dereference } from "../../openapi/references.js";
import { readDocument } from "../document.js";
import { propertiesOf } from "./field.js";
import { inputsOf, type Input } from "./inputs.js";

/** An operation of the spec as commands, batches and tools offer it. */
export interface ApiOperation {
  readonly id: OperationId;
  readonly facts: OperationFacts;
  /** The client's method: `thumbnails.fromText`. */
  readonly name: string;
  /** The words that call it: `["thumbnails", "from-text"]`. */
  readonly words: readonly [group: string, method: string];
  readonly summary: string;
  readonly description: string;
  /** Everything that a request takes, path parameters first. */
  readonly inputs: readonly Input[];
  /** Whether the service refuses fields of the body that the spec does not name. */
  readonly isClosed: boolean;
  /** Whether a success may hold addresses of pictures. */
  readonly givesPictures: boolean;
  /** Whether a success is no JSON but a file, a text or a stream. */
  readonly givesContent: boolean;
  /** The media type of a success, as the spec has it; empty without one. */
  readonly answerType: string;
  /** The method of the client that waits for what this operation creates or reads, if it takes time. */
  readonly waitMethod: string | undefined;
}

let loaded: readonly ApiOperation[] | undefined;

/** The operations of the spec that this package was built from. */
export function loadOperations(): readonly ApiOperation[] {
  loaded ??= describeOperations(readDocument(), operations);
  return loaded;
}

/** What a document and the facts generated from it say of each operation. */
function describeOperations(
  document: JsonObject,
  facts: Readonly<Record<string, OperationFacts>>,
): ApiOperation[] {
  // By method and path, which each has; the document need not give it an id.
  const defined = new Map(
    operationsOf(document).map((each) => [`${each.method.toUpperCase()} ${each.path}`, each]),
  );
  return Object.entries(facts).flatMap(([id, each]) => {
    const definition = defined.get(`${each.method} ${each.path}`);
    if (!definition) return [];
    const waitMethod = waitMethodOf(document, each, definition.definition, Object.values(facts));
    return [describeOperation(document, id as OperationId, each, definition, waitMethod)];
  });
}

function describeOperation(
  document: JsonObject,
  id: OperationId,
  facts: OperationFacts,
  { definition, parameters }: DocumentOperation,
  waitMethod: string | undefined,
): ApiOperation {
  const [group = "", method = ""] = facts.name.split(".").map(kebabCase);
  const requestBody = dereference(document, definition["requestBody"]);
  const media = objectAt(requestBody, "content", facts.body?.mediaType ?? "");
  return {
    id,
    facts,
    name: facts.name,
    words: [group, method],
    summary: textAt(definition, "summary"),
    description: textAt(definition, "description"),
    inputs: inputsOf({ document, facts, parameters, bodySchema: media["schema"] }),
    isClosed: dereference(document, media["schema"])["additionalProperties"] === false,
    givesPictures: givesPictures(document, definition),
    givesContent: /^(?:binary|text|stream)$/.test(facts.answer ?? ""),
    answerType: Object.keys(successOf(document, definition))[0] ?? "",
    waitMethod,
  };
}

/**
 * Recognized by the format, the example or the name of a property: nothing else in a schema marks
 * an address.
 */
function givesPictures(document: JsonObject, definition: JsonObject): boolean {
  return successesOf(document, definition).some((media) => {
    const { schema, example } = media;
    return [...propertiesOf(document, schema)].some(([name, property]) => {
      const { format, example: own = objectAt(example)[name] } = dereference(document, property);
      return format === "uri" || isAddress(own) || /(?:^|_)(?:urls?|output)$/.test(name);
    });
  });
}

function isAddress(value: unknown): boolean {
  return typeof value === "string" && /^https?:/.test(value);
}

/**
 * Something that takes time is read at `{parent}/{id}`, and created below the same parent by an
 * operation that answers its `id`.
 */
function waitMethodOf(
  document: JsonObject,
  { method, path, readiness }: OperationFacts,
  definition: JsonObject,
  others: readonly OperationFacts[],
): string | undefined {
  if (readiness) return readiness.name;
  if (method !== "POST" || !answers(document, definition, "id")) return undefined;
  const reading = others.find(
    (each) => each.readiness && path.startsWith(each.path.replace(/\{[^{}]+\}$/, "")),
  );
  return reading?.readiness?.name;
}

function answers(document: JsonObject, definition: JsonObject, name: string): boolean {
  return successesOf(document, definition).some(({ schema }) =>
    propertiesOf(document, schema).has(name),
  );
}

/** The descriptions of a success by media type. */
function successesOf(document: JsonObject, definition: JsonObject): JsonObject[] {
  return Object.values(successOf(document, definition)).map((media) => objectAt(media));
}

function successOf(document: JsonObject, definition: JsonObject): JsonObject {
  const responses = objectAt(definition, "responses");
  const status = Object.keys(responses).find((each) => each.startsWith("2")) ?? "default";
  return objectAt(dereference(document, responses[status]), "content");
}

function textAt(definition: JsonObject, name: string): string {
  const text = definition[name];
  return typeof text === "string" ? text : "";
}
