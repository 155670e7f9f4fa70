import type { ApiDocument } from "../api-document.js";
import { SchemaReader } from "../schema/schema-reader.js";
import { Differences, type Difference } from "./differences.js";
import { compareDocumentDetails } from "./document-details.js";
import { compareOperation } from "./operation.js";
import { operationsOf, pairOperations, type Operation } from "./operations.js";
import { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

export interface Comparison {
  /** What differs outside of schemas. */
  differences: Difference[];
  /** Every pair of schemas that was compared; the changes are on them. */
  schemas: SchemaNode[];
}

/** Compares two documents part by part, without judging what the changes mean. */
export function compareDocuments(base: ApiDocument, revision: ApiDocument): Comparison {
  const found = new Differences();
  const schemas = new SchemaComparer(new SchemaReader(base), new SchemaReader(revision));
  for (const section of ["paths", "webhooks"] as const) {
    const kind = section === "paths" ? "operation" : "webhook";
    const { pairs, removed, added } = pairOperations(
      operationsOf(base, section),
      operationsOf(revision, section),
    );
    for (const pair of pairs)
      compareOperation({ ...pair, isWebhook: kind === "webhook", found, schemas });
    for (const operation of removed)
      found.add(`${kind}-removed`, `${kind} is gone`, onlyIn(operation, "base"), about(operation));
    for (const operation of added)
      found.add(`${kind}-added`, `${kind} is new`, onlyIn(operation, "revision"), about(operation));
  }
  compareDocumentDetails(base, revision, found);
  return { differences: found.found, schemas: schemas.nodes() };
}

function onlyIn({ pointer, value }: Operation, side: "base" | "revision") {
  const there = { pointer, value };
  const nothing = { pointer, value: undefined };
  return side === "base" ? { base: there, revision: nothing } : { base: nothing, revision: there };
}

function about(operation: Operation): { operation: string } {
  return { operation: operation.name };
}
