import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import type { Operation } from "../operation-list.js";
import type { NamedType } from "../types/named-types.js";
import { linesOf } from "./docstring.js";
import { capitalized } from "./method-names.js";
import {
  bodyType,
  headersType,
  queryType,
  responseType,
  type OperationType,
} from "./operation-types.js";

/** The names of an operation's types; omitted for types that the operation does not have. */
export interface OperationNames {
  id: string;
  operation: string;
  body?: string;
  query?: string;
  headers?: string;
  response: string;
  /** All of these, with their definitions. */
  types: NamedType[];
}

/**
 * Names each operation's types after its method: `thumbnails.fromText` gives
 * `ThumbnailsFromTextBody` and so on.
 */
export function operationNames(
  document: JsonObject,
  operations: readonly Operation[],
  methods: ReadonlyMap<string, string>,
): OperationNames[] {
  return operations.map((operation) => {
    const { id } = operation;
    const prefix = typePrefix(methods.get(id) ?? id);
    const types: NamedType[] = [];
    const named = (what: string, type: OperationType) => {
      const name = prefix + what;
      types.push({ ...type, name, comment: comment(what, operation) });
      return name;
    };
    const [body, query, headers] = [bodyType, queryType, headersType].map((typeOf) =>
      typeOf(document, operation),
    );
    return {
      id,
      operation: named("Operation", { type: `operations[${JSON.stringify(id)}]`, place: [id] }),
      ...(body && { body: named("Body", body) }),
      ...(query && { query: named("Query", query) }),
      ...(headers && { headers: named("Headers", headers) }),
      response: named("Response", responseType(document, operation)),
      types,
    };
  });
}

/** `thumbnails.fromText` → `ThumbnailsFromText`, the prefix of the method's types. */
export function typePrefix(method: string): string {
  return method.split(".").map(capitalized).join("");
}

function comment(what: string, { method, path, definition }: Operation): string {
  const summary = firstLine(definition);
  const url = objectAt(definition, "externalDocs")["url"];
  const lines = [
    `${what} of \`${method.toUpperCase()} ${path}\`${summary ? `: ${summary}` : "."}`,
    ...(typeof url === "string" ? [`@see ${url}`] : []),
    ...(definition["deprecated"] === true ? ["@deprecated"] : []),
  ].map((line) => line.replaceAll("*/", "*\\/"));
  return lines.length === 1 ? `/** ${lines[0] ?? ""} */` : `/**\n * ${lines.join("\n * ")}\n */`;
}

function firstLine({ summary, description }: JsonObject): string {
  const text = typeof summary === "string" ? summary : description;
  return typeof text === "string" ? (linesOf(text.trim())[0] ?? "") : "";
}
