import type { Located } from "../api-document.js";
import { setting, type ObjectPair } from "./differences.js";
import type { OperationPair } from "./operation.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares the schemas of two parameters, headers or media types; without one, anything goes. */
export function compareSchemaUnder(pair: OperationPair, owners: ObjectPair): SchemaNode {
  const base = setting(owners.base, "schema");
  const revision = setting(owners.revision, "schema");
  return pair.schemas.compare(given(base), given(revision), base, revision);
}

function given(schema: Located): Located[] | undefined {
  return schema.value === undefined ? undefined : [schema];
}
