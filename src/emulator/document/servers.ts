import type { JsonObject } from "../../openapi/json.js";
import type { DocumentOperation } from "../../openapi/operations.js";
import { basePathOf, serversOf } from "../../openapi/servers.js";

/** The paths of the servers that apply to an operation, without a trailing slash. */
export function basePathsOf(document: JsonObject, operation: DocumentOperation): string[] {
  const servers = serversOf(document, operation);
  return [...new Set(servers.map((server) => basePathOf({ servers: [server] })))];
}
