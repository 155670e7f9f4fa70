import { fromPointer, toPointer, valueAt } from "../../src/openapi/pointer.js";
import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import type { Spec } from "./load-spec.js";

/** The error codes a document publishes, and the keys that lead to their enum. */
export interface PublishedCodes {
  codes: string[];
  path: string[];
}

/** Finds the enum of `error.code` in the document's `ErrorResponse`; no codes where there is none. */
export function publishedErrorCodes({ document }: Spec): PublishedCodes {
  const envelope = followed(document, ["components", "schemas", "ErrorResponse"]);
  const error = followed(document, [...envelope, "properties", "error"]);
  const code = followed(document, [...error, "properties", "code"]);
  const path = [...code, "enum"];
  const values: unknown = valueAt(document, toPointer(path));
  const codes = Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  return { codes: [...new Set(codes)], path };
}

/** Where the keys lead in the end: to the place itself, or to the one its `$ref` names. */
function followed(document: JsonObject, path: string[], seen: string[] = []): string[] {
  const pointer = toPointer(path);
  const ref = objectAt({ place: valueAt(document, pointer) }, "place")["$ref"];
  if (typeof ref !== "string" || seen.includes(pointer)) return path;
  return followed(document, fromPointer(ref), [...seen, pointer]);
}
