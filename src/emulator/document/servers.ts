import { listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import type { DocumentOperation } from "../../openapi/operations.js";
import { valueAt } from "../../openapi/pointer.js";

/** The paths of the servers in force for an operation, without a slash at the end. */
export function basePathsOf(document: JsonObject, operation: DocumentOperation): string[] {
  const { definition, pointer } = operation;
  const pathItem = valueAt(document, pointer.slice(0, pointer.lastIndexOf("/")));
  const servers = [definition, pathItem, document]
    .map((owner) => listAt(owner, "servers"))
    .find((list) => list.length > 0);
  return [...new Set((servers ?? [{}]).map(pathOf))];
}

/** The path of the document's first server, which the emulator's URL ends in. */
export function mainBasePath(document: JsonObject): string {
  return pathOf(listAt(document, "servers")[0]);
}

/** The path of a server, its variables at their defaults. Its host is not the emulator's business. */
function pathOf(server: unknown): string {
  const { url } = objectAt(server);
  const variables = objectAt(server, "variables");
  const address = (typeof url === "string" ? url : "/").replaceAll(/\{([^}]*)\}/g, (_, name) =>
    defaultOf(variables, String(name)),
  );
  const base = "http://emulator.invalid";
  return URL.canParse(address, base) ? new URL(address, base).pathname.replace(/\/+$/, "") : "";
}

function defaultOf(variables: JsonObject, name: string): string {
  const value = objectAt(variables, name)["default"];
  return typeof value === "string" ? value : "";
}
