import { listAt, type JsonObject } from "../../openapi/json.js";
import type { DocumentOperation } from "../../openapi/operations.js";
import { valueAt } from "../../openapi/pointer.js";
import { basePathOf } from "../../openapi/servers.js";

/** The paths of the servers that apply to an operation, without a trailing slash. */
export function basePathsOf(document: JsonObject, operation: DocumentOperation): string[] {
  const { definition, pointer } = operation;
  const pathItem = valueAt(document, pointer.slice(0, pointer.lastIndexOf("/")));
  const servers = [definition, pathItem, document]
    .map((owner) => listAt(owner, "servers"))
    .find((list) => list.length > 0);
  return [...new Set((servers ?? [{}]).map((server) => basePathOf({ servers: [server] })))];
}
