import { fromPointer } from "../../../src/openapi/pointer.js";

/** Keys that only say what the next one is. */
const SILENT = new Set(["properties", "content", "schema", "allOf", "application/json"]);

/** The keys of a pointer that tell a reader something: `ErrorResponse.error.code.enum`. */
export function placeInWords(pointer: string): string {
  const keys = fromPointer(pointer);
  // Those of an operation stand under its name, and components are known by theirs.
  const start = { components: 2, paths: 3, webhooks: 3 }[keys[0] ?? ""] ?? 0;
  return keys
    .slice(start)
    .filter((key) => !SILENT.has(key))
    .join(".");
}
