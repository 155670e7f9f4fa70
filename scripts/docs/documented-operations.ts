import { readFile } from "node:fs/promises";
import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { isJsonType } from "../../src/openapi/media-types.js";
import { operationsOf, type DocumentOperation } from "../../src/openapi/operations.js";
import { dereference } from "../../src/openapi/references.js";
import { exampleOf } from "../generate/index.js";

/** What the documentation says about an operation. */
export interface DocumentedOperation {
  operation: DocumentOperation;
  id: string;
  facts: OperationFacts;
  summary: string;
  parameters: JsonObject[];
  /** The request body; `undefined` if it takes none. */
  body: DocumentedContent | undefined;
  /** The response bodies on success, by status. */
  responses: [status: string, content: DocumentedContent | undefined][];
}

/** The body of a request or a response. */
export interface DocumentedContent {
  mediaType: string;
  schema: unknown;
  /** The document's own example, or else one made from the schema. */
  example: unknown;
}

/** The document that the committed files are generated from. */
export async function generatedDocument(): Promise<JsonObject> {
  const text = await readFile(new URL("../../src/generated/openapi.json", import.meta.url), "utf8");
  return JSON.parse(text) as JsonObject;
}

/** The operations of a document, in its order, with the facts that are generated from it. */
export function documentedOperations(
  document: JsonObject,
  factsById: Readonly<Record<string, OperationFacts>> = operations,
): DocumentedOperation[] {
  const facts = Object.entries(factsById);
  return operationsOf(document).flatMap((operation) => {
    const { method, path, definition, parameters } = operation;
    const found = facts.find(([, one]) => one.path === path && one.method === method.toUpperCase());
    if (!found) return [];
    const { summary } = definition;
    return {
      operation,
      id: found[0],
      facts: found[1],
      summary: typeof summary === "string" ? summary : found[1].name,
      parameters,
      body: contentOf(document, definition["requestBody"], found[1].body?.mediaType),
      responses: Object.entries(objectAt(definition, "responses"))
        .filter(([status]) => status.startsWith("2"))
        .map(([status, response]) => [status, contentOf(document, response)] as const),
    };
  });
}

/** The content of one media type: the given one, or else JSON, or else the first. */
function contentOf(
  document: JsonObject,
  holder: unknown,
  mediaType?: string,
): DocumentedContent | undefined {
  const content = objectAt(dereference(document, holder), "content");
  const types = Object.keys(content);
  const type = mediaType ?? types.find(isJsonType) ?? types[0];
  const media = type === undefined ? undefined : content[type];
  if (type === undefined || !isObject(media)) return undefined;
  return { mediaType: type, schema: media["schema"], example: exampleOf(document, media) };
}
