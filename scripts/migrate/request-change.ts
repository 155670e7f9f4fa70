import { objectAt, stringsAt, type JsonObject } from "../../src/openapi/json.js";
import { pathParameterNames } from "../../src/openapi/operations.js";
import { dereference } from "../../src/openapi/references.js";
import {
  bodyContent,
  exampleOf,
  propertiesOf,
  requiredOf,
  type Operation,
} from "../generate/index.js";

/** How the requests of an operation have changed. */
export interface RequestChange {
  /** Path parameters with another name: old → new. */
  pathNames: Readonly<Record<string, string>>;
  /** Body fields that were removed. */
  removed: readonly string[];
  /** Body fields that are now required, each with a value. */
  added: JsonObject;
  /** Values of a field that are no longer accepted, each with one that is: field → old → new. */
  values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Parameters that are now required, each with a value. */
  options: Readonly<Record<"query" | "headers", JsonObject>>;
}

interface OperationOf {
  document: JsonObject;
  operation: Operation;
}

/** Compares the requests of one operation; `undefined` if programs need no change. */
export function requestChange(before: OperationOf, after: OperationOf): RequestChange | undefined {
  const [old, next] = [bodyOf(before), bodyOf(after)];
  const added = Object.entries(next.properties).filter(
    ([name]) => next.required.has(name) && !old.required.has(name),
  );
  const change = {
    pathNames: renamedPathParameters(before.operation.path, after.operation.path),
    removed: Object.keys(old.properties).filter((name) => !(name in next.properties)),
    added: Object.fromEntries(
      added.map(([name, schema]) => [
        name,
        next.example[name] ?? exampleOf(after.document, { schema }),
      ]),
    ),
    values: changedValues(old.properties, next.properties, next.example),
    options: {
      query: newParameters(before, after, "query"),
      headers: newParameters(before, after, "header"),
    },
  };
  const isEmpty = [
    change.pathNames,
    change.removed,
    change.added,
    change.values,
    ...Object.values(change.options),
  ].every((part) => Object.keys(part).length === 0);
  return isEmpty ? undefined : change;
}

/** By position: a path with more or fewer parameters belongs to another operation. */
function renamedPathParameters(before: string, after: string): Record<string, string> {
  const names = pathParameterNames(after);
  const pairs = pathParameterNames(before).map((old, index) => [old, names[index] ?? old] as const);
  return Object.fromEntries(pairs.filter(([old, next]) => old !== next));
}

function bodyOf({ document, operation }: OperationOf) {
  const content = bodyContent(document, operation);
  const requestBody = dereference(document, operation.definition["requestBody"]);
  const media = objectAt(requestBody, "content", content?.mediaType ?? "");
  const schema = dereference(document, media["schema"]);
  return {
    properties: Object.fromEntries(
      Object.entries(propertiesOf(document, schema)).map(([name, property]) => [
        name,
        dereference(document, property),
      ]),
    ),
    required: requiredOf(document, schema),
    example: objectAt({ example: content && exampleOf(document, media) }, "example"),
  };
}

/** For each value that a field no longer accepts, the value from the example, or else the first. */
function changedValues(
  old: Readonly<Record<string, JsonObject>>,
  next: Readonly<Record<string, JsonObject>>,
  example: JsonObject,
): Record<string, Record<string, string>> {
  const changed = Object.entries(next).flatMap(([name, property]) => {
    const values = stringsAt(property, "enum");
    const gone = stringsAt(old[name], "enum").filter((value) => !values.includes(value));
    const [first = ""] = values;
    const shown = example[name];
    const instead = typeof shown === "string" && values.includes(shown) ? shown : first;
    if (gone.length === 0 || values.length === 0) return [];
    return [[name, Object.fromEntries(gone.map((value) => [value, instead]))] as const];
  });
  return Object.fromEntries(changed);
}

function newParameters(before: OperationOf, after: OperationOf, place: string): JsonObject {
  const required = ({ operation }: OperationOf) =>
    operation.parameters.filter((one) => one["in"] === place && one["required"] === true);
  const known = required(before).map(({ name }) => name);
  return Object.fromEntries(
    required(after)
      .filter(({ name }) => !known.includes(name))
      .map((one) => [String(one["name"]), exampleOf(after.document, one)]),
  );
}
