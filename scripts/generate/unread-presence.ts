import { isObject } from "../lib/json-value.js";
import { toPointer } from "../lib/json-pointer.js";
import { mapSchemas, mapSubschemas } from "./document-shape.js";
import { describe, type Spec } from "./load-spec.js";
import type { ResolveRef } from "./presence-formula.js";
import { presenceOfFields } from "./presence-of-fields.js";

/** One line for each condition on the presence of fields that could not be carried over whole. */
export function unreadPresence({ document, source }: Spec, resolve: ResolveRef): string[] {
  const warnings: string[] = [];
  const visit = (schema: unknown, path: readonly string[]): unknown => {
    if (isObject(schema)) {
      for (const message of presenceOfFields(schema, resolve).unread) {
        const pointer = toPointer(path);
        warnings.push(describe(source, pointer, `${message} (#${pointer})`));
      }
    }
    return mapSubschemas(schema, visit, path);
  };
  mapSchemas(document, visit);
  return warnings;
}
