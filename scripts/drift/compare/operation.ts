import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import type { ApiDocument } from "../api-document.js";
import type { Direction } from "../levels.js";
import { compareParameters } from "./parameters.js";
import { compareRequestBodies } from "./request-body.js";
import { compareResponses } from "./responses.js";
import { compareSecurity } from "./security.js";
import { compareServers } from "./servers.js";
import { setting, type Differences } from "./differences.js";
import { sameJson } from "../json.js";
import type { Operation } from "./operations.js";
import type { SchemaComparer } from "./schema-comparer.js";

/** One operation in both documents, and what comparing it needs. */
export interface OperationPair {
  base: Operation;
  revision: Operation;
  /** A webhook is called by the API: what is a request to it is what we receive. */
  isWebhook: boolean;
  found: Differences;
  schemas: SchemaComparer;
}

const HANDLED = [
  ...["operationId", "deprecated", "parameters", "requestBody", "responses"],
  ...["security", "servers", "callbacks", "tags"],
];

export function compareOperation(pair: OperationPair): void {
  compareParameters(pair);
  compareRequestBodies(pair);
  compareResponses(pair);
  compareSecurity(pair);
  compareServers(pair);
  compareDetails(pair);
}

/** The direction in which the request, or the response, of an operation travels for us. */
export function directionOf(pair: OperationPair, message: "request" | "response"): Direction {
  if (!pair.isWebhook) return message;
  return message === "request" ? "response" : "request";
}

export function documentsOf(pair: OperationPair): { base: ApiDocument; revision: ApiDocument } {
  return { base: pair.schemas.base.document, revision: pair.schemas.revision.document };
}

function compareDetails(pair: OperationPair): void {
  const { base, revision, found } = pair;
  const operation = base.name;
  const at = (key: string) => ({ base: setting(base, key), revision: setting(revision, key) });
  const id = at("operationId");
  if (id.base.value !== id.revision.value)
    found.add("operation-renamed", "operationId changed", id, { operation });
  const deprecated = at("deprecated");
  if ((deprecated.base.value === true) !== (deprecated.revision.value === true)) {
    const text = deprecated.revision.value === true ? "became" : "is no longer";
    found.add("operation-deprecated", `${text} deprecated`, deprecated, { operation });
  }
  const callbacks = at("callbacks");
  if (!sameJson(callbacks.base.value, callbacks.revision.value))
    found.add("callbacks-changed", "callbacks changed", callbacks, { operation });
  if (!sameJson(sorted(base.value["tags"]), sorted(revision.value["tags"])))
    found.add("docs-changed", "tags changed", at("tags"), { operation });
  found.addRest({ base, revision }, HANDLED, operation);
  const pathItem = { base: base.pathItem, revision: revision.pathItem };
  found.addRest(pathItem, [...HTTP_METHODS, "parameters", "servers", "$ref"], operation);
}

function sorted(tags: unknown): unknown {
  return Array.isArray(tags) && tags.length > 0 ? tags.map(String).sort() : undefined;
}
