import {
  isObject,
  listAt,
  objectAt,
  stringsAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { operationsOf, type DocumentOperation } from "../../../src/openapi/operations.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";

/** The codes in a document's errors, in its order, each with the statuses it may come with. */
export type PublishedCodes = Map<string, Set<number>>;

/**
 * Finds the error codes of a document by their role: the values of `error.code` in any response of
 * an operation to a failure, whatever the schemas are called and wherever they are. If a failure has
 * no `error.code`, its `code` is elsewhere: at the top, or in another property.
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

/**
 * The keys that lead from the body of a failure to the object with its `code`: `["error"]`. What
 * most failures of the document say; `undefined` if that is the usual `error`, or if none has a code.
 */
export function errorPath(document: JsonObject): string[] | undefined {
  const schemas = failuresOf(document, operationsOf(document)).map(({ schema }) => schema);
  const counts = new Map<string, number>();
  for (const schema of schemas) {
    const path = pathToCode(document, schema);
    if (path) counts.set(JSON.stringify(path), (counts.get(JSON.stringify(path)) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[0] !== '["error"]' ? (JSON.parse(most[0]) as string[]) : undefined;
}

/** Each list of codes with the status it is for; NaN for `default` and for ranges such as `4XX`. */
function codeLists(document: JsonObject, operations: readonly DocumentOperation[]) {
  return failuresOf(document, operations).flatMap(({ status, schema }) =>
    codesOf(document, schema).map((codes) => ({ status: Number(status), codes })),
  );
}

/** The schema of each failure in JSON. */
function failuresOf(document: JsonObject, operations: readonly DocumentOperation[]) {
  return operations.flatMap(({ definition }) => {
    const responses = Object.entries(objectAt(definition, "responses"));
    const failures = responses.filter(([status]) => !/^[123]/.test(status));
    return failures.flatMap(([status, response]) => {
      const content = Object.entries(objectAt(dereference(document, response), "content"));
      return content
        .filter(([type]) => isJsonType(type))
        .map(([, media]) => ({ status, schema: objectAt({ media }, "media")["schema"] }));
    });
  });
}

function codesOf(document: JsonObject, envelope: unknown): string[][] {
  return at(document, envelope, [...(pathToCode(document, envelope) ?? []), "code"])
    .flatMap((code) => alternativesOf(document, code))
    .map((code) => {
      const constant = code["const"];
      return typeof constant === "string" ? [constant] : stringsAt(code, "enum");
    })
    .filter((codes) => codes.length > 0);
}

/** The keys that lead from a failure to the object with its `code`. */
function pathToCode(document: JsonObject, envelope: unknown): string[] | undefined {
  const properties = alternativesOf(document, envelope).flatMap((one) =>
    Object.keys(objectAt(one, "properties")),
  );
  const paths = [["error"], [], ...properties.flatMap((name) => [[name], [name, "0"]])];
  return paths.find((path) => at(document, envelope, [...path, "code"]).length > 0);
}

/** The schemas under these keys; `"0"` is any item of a list. */
function at(document: JsonObject, schema: unknown, path: readonly string[]): unknown[] {
  return path.reduce<unknown[]>(
    (schemas, key) =>
      schemas.flatMap((one) =>
        key === "0" ? itemsIn(document, one) : propertyIn(document, one, key),
      ),
    [schema],
  );
}

function itemsIn(document: JsonObject, schema: unknown): unknown[] {
  return alternativesOf(document, schema).flatMap(({ items }) => (isObject(items) ? [items] : []));
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
