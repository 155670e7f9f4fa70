/**
 * How a change becomes a finding
 *
 * 1. `compareDocuments` pairs the operations of both documents and walks through each pair: its
 *    parameters, request body, responses, headers, security and servers. Each difference there is a
 *    `Difference`, which knows its operation and its direction.
 * 2. Schemas go to the `SchemaComparer`. It first reads a schema into a `SchemaView`, which says
 *    what the schema demands, regardless of how it is written. Two views are compared keyword by
 *    keyword. Each pair of schemas is compared once and is represented by a `SchemaNode` with its
 *    `Change`s, its children, and its uses by operations.
 * 3. `compareUnread` finds differences in the JSON that none of these steps has looked at, so that
 *    nothing is skipped just because it is not understood.
 * 4. `findingsOf` follows each changed node up to the operations that use it, looks up in `rules`
 *    what the change means in that direction, and reports it once with every operation it reaches.
 */
import { holdSameValues } from "../../../src/openapi/equality.js";
import { isObject } from "../../../src/openapi/json.js";
import type { ApiDocument } from "../api-document.js";
import { SchemaComparer } from "../schemas/schema-comparer.js";
import type { SchemaNode } from "../schemas/schema-node.js";
import { SchemaReader } from "../schemas/schema-reader.js";
import { Differences, membersAt, type Difference, type Kind } from "./change.js";
import { compareOperation } from "./operation.js";
import { compareUnread } from "./unread.js";
import { onlyIn, operationsUnder, pairOperations } from "./operation-pair.js";

export interface Comparison {
  /** The differences outside schemas. */
  differences: Difference[];
  /** Every pair of schemas that was compared, with its changes. */
  schemas: SchemaNode[];
}

/** Compares two documents, without judging what the changes mean. */
export function compareDocuments(base: ApiDocument, revision: ApiDocument): Comparison {
  const differences = new Differences({ base, revision });
  const schemas = new SchemaComparer(new SchemaReader(base), new SchemaReader(revision));
  for (const section of ["paths", "webhooks"] as const) {
    const kind = section === "paths" ? "operation" : "webhook";
    const { pairs, removed, added } = pairOperations(
      operationsUnder(base, section),
      operationsUnder(revision, section),
    );
    for (const pair of pairs)
      compareOperation({ ...pair, isWebhook: kind === "webhook", differences, schemas });
    for (const operation of removed)
      differences.add(`${kind}-removed`, `${kind} is gone`, ...onlyIn("base", operation));
    for (const operation of added)
      differences.add(`${kind}-added`, `${kind} is new`, ...onlyIn("revision", operation));
  }
  compareDocumentDetails(base, revision, differences);
  const nodes = schemas.nodes();
  compareUnread(differences, nodes);
  return { differences: differences.found, schemas: nodes };
}

/** Compared with each operation, or without effect if no operation uses them. */
const COMPARED_ELSEWHERE: Record<string, Kind> = {
  ...{ paths: "object", webhooks: "object", components: "object", security: "list" },
  servers: "list",
};
/** Text for the reader, in any order. */
const COMPARED: Record<string, Kind> = { openapi: "string", info: "object", tags: "list" };

/** Compares what the documents say about themselves. */
function compareDocumentDetails(
  base: ApiDocument,
  revision: ApiDocument,
  differences: Differences,
): void {
  const pair = {
    base: { value: base.root, pointer: "" },
    revision: { value: revision.root, pointer: "" },
  };
  differences.addRest(pair, { ...COMPARED_ELSEWHERE, ...COMPARED });
  for (const key of Object.keys(COMPARED)) {
    const members = membersAt(pair, key);
    base.markWhole(members.base.value);
    revision.markWhole(members.revision.value);
    if (!holdSameValues(unordered(members.base.value), unordered(members.revision.value)))
      differences.add("docs-changed", `${key} changed`, members);
  }
}

/** Ignores the order of the tags and of their keys. */
function unordered(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.entries(value) : [value];
}
