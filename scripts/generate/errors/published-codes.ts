import { listAt, objectAt, stringsAt, type JsonObject } from "../../../src/openapi/json.js";
import { operationsOf, type DocumentOperation } from "../../../src/openapi/operations.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";

/** The codes in a document's errors, in its order, each with the statuses it may come with. */
export type PublishedCodes = Map<string, Set<number>>;

/**
 * Finds the error codes of a document by their role: the values of `error.code` in any response of
 * an operation to a failure, whatever the schemas are called and wherever they are.
 *
 * A code's statuses are those of the most specific list that has it: if only the responses with
 * status 400 may carry a list of a single code, that code comes with 400, even if a list for every
 * status has it too.
 *
 * @param operations the operations to look at; all by default
 */
export function publishedCodes(
  document: JsonObject,
  operations: readonly DocumentOperation[] = operationsOf(document),
): PublishedCodes {
  const found = new Map<string, { listLength: number; statuses: Set<number> }>();
  for (const { status, codes } of codeLists(document, operations)) {
    for (const code of codes) {
      const known = found.get(code) ?? { listLength: Infinity, statuses: new Set() };
      if (codes.length < known.listLength) {
        known.listLength = codes.length;
        known.statuses = new Set();
      }
      if (codes.length === known.listLength) known.statuses.add(status);
      found.set(code, known);
    }
  }
  return new Map([...found].map(([code, { statuses }]) => [code, statuses]));
}

/** Every code in a document's errors. */
export function errorCodesOf(document: JsonObject): string[] {
  return [...publishedCodes(document).keys()];
}

/** Each list of codes with the status it is for; NaN for `default` and for ranges such as `4XX`. */
function codeLists(document: JsonObject, operations: readonly DocumentOperation[]) {
  return operations.flatMap(({ definition }) => {
    const responses = Object.entries(objectAt(definition, "responses"));
    const failures = responses.filter(([status]) => !/^[123]/.test(status));
    return failures.flatMap(([status, response]) => {
      const content = Object.entries(objectAt(dereference(document, response), "content"));
      return content
        .filter(([type]) => isJsonType(type))
        .flatMap(([, media]) => codesOf(document, objectAt({ media }, "media")["schema"]))
        .map((codes) => ({ status: Number(status), codes }));
    });
  });
}

function codesOf(document: JsonObject, envelope: unknown): string[][] {
  return propertyIn(document, envelope, "error")
    .flatMap((error) => propertyIn(document, error, "code"))
    .flatMap((code) => alternativesOf(document, code))
    .map((code) => {
      const constant = code["const"];
      return typeof constant === "string" ? [constant] : stringsAt(code, "enum");
    })
    .filter((codes) => codes.length > 0);
}

function propertyIn(document: JsonObject, schema: unknown, name: string): unknown[] {
  return alternativesOf(document, schema).flatMap((one) => {
    const properties = objectAt(one, "properties");
    return Object.hasOwn(properties, name) ? [properties[name]] : [];
  });
}

/** A schema and all schemas it is composed of, with references resolved. */
function alternativesOf(
  document: JsonObject,
  schema: unknown,
  visited = new Set<JsonObject>(),
): JsonObject[] {
  const one = dereference(document, schema);
  if (visited.has(one)) return [];
  visited.add(one);
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => listAt(one, keyword));
  return [one, ...members.flatMap((member) => alternativesOf(document, member, visited))];
}
