import { validatorOf } from "../../src/emulator/document/validator.js";
import type { JsonObject } from "../../src/openapi/json.js";
import type { Probe } from "./probe.js";

/**
 * These methods read, or change what their path names, which does not exist: the ids are made up.
 * PUT is missing because it might create it.
 */
const HARMLESS_METHODS = new Set(["GET", "HEAD", "PATCH", "DELETE"]);

/**
 * Whether a request cannot be carried out: the document does not allow its body, or it names a
 * resource that does not exist, or it has neither a body nor a valid key.
 */
export function cannotBeBilled(document: JsonObject, probe: Probe): boolean {
  const { operation, body, expects, key } = probe;
  const { method, path } = operation;
  const namesNothing = method === "GET" || method === "HEAD" || path.includes("{");
  if (HARMLESS_METHODS.has(method) && namesNothing && expects.kind === "status") return true;
  if (body === undefined) return key !== "own";
  const pointer = operation.body?.content.find(({ name }) => name === "application/json")?.pointer;
  return pointer !== undefined && !validatorOf(document).isValid("request", pointer, body);
}

/**
 * Runs before anything is sent.
 *
 * @throws {Error} If the request might be carried out.
 */
export function checkCannotBeBilled(document: JsonObject, probe: Probe): void {
  if (cannotBeBilled(document, probe)) return;
  const { operation, fact } = probe;
  throw new Error(`${operation.id}, ${fact}: the request could be billed and is not sent`);
}
