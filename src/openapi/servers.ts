import { isObject, listAt, objectAt, type JsonObject } from "./json.js";
import type { DocumentOperation } from "./operations.js";
import { valueAt } from "./pointer.js";

/**
 * The address that every path of a document is appended to: its first server with the defaults of
 * its variables filled in, without a slash at its end.
 *
 * @returns `undefined` if the document names no absolute http address, or one with a variable that
 * has no default.
 */
export function baseUrlOf(document: JsonObject): string | undefined {
  const url = serverUrl(document);
  const isUsable = URL.canParse(url) && /^https?:[^{}]*$/.test(url);
  return isUsable ? url.replace(/\/+$/, "") : undefined;
}

/** The servers that apply to an operation: its own, those of its path item, or the document's. */
export function serversOf(document: JsonObject, operation: DocumentOperation): unknown[] {
  const { definition, pointer } = operation;
  const pathItem = valueAt(document, pointer.slice(0, pointer.lastIndexOf("/")));
  const servers = [definition, pathItem, document]
    .map((owner) => listAt(owner, "servers"))
    .find((list) => list.length > 0);
  return servers ?? [{ url: "/" }];
}

/** The path part of {@link baseUrlOf}, empty if it has none: `https://api.example.com/v2/` → `/v2`. */
export function basePathOf(document: JsonObject): string {
  const url = serverUrl(document);
  // The path of a server such as `/v2`, which is relative to the URL that the document is published
  // at.
  const base = "https://relative.invalid";
  return URL.canParse(url, base) ? new URL(url, base).pathname.replace(/\/+$/, "") : "";
}

/** The first server of a list, with the defaults of its variables filled in; empty if there is none. */
export function serverUrl(document: JsonObject): string {
  const [server] = listAt(document, "servers");
  if (!isObject(server) || typeof server["url"] !== "string") return "";
  const variables = objectAt(server, "variables");
  return server["url"].replaceAll(/\{([^{}]*)\}/g, (braced, name: string) => {
    const value = objectAt(variables, name)["default"];
    return ["string", "number"].includes(typeof value) ? String(value) : braced;
  });
}
