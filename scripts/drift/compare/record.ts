import { toPointer } from "../../../src/openapi/pointer.js";
import type { RuleId } from "../rules.js";
import type { Change, Place } from "./change.js";
import type { SchemaNode } from "./schema-node.js";

type Extras = Pick<Change, "onText" | "onOptionalParameter" | "offWire">;

/** Records that a keyword's setting, or something below it, differs between two schemas. */
export function record(
  node: SchemaNode,
  rule: RuleId,
  path: readonly (string | number)[],
  text: string,
  values: { base?: unknown; revision?: unknown } = {},
  extras: Extras = {},
): void {
  const part = toPointer(path);
  node.changes.push({
    rule,
    text,
    base: place(node.base.pointer + part, values.base),
    revision: place(node.revision.pointer + part, values.revision),
    ...extras,
  });
}

export function place(pointer: string, value: unknown): Place {
  return value === undefined ? { pointer } : { pointer, value };
}
