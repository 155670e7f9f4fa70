import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import type { ApiDocument } from "../api-document.js";
import type { Operation, OperationPair } from "./operation-pair.js";

/** One way to be let in: every credential of it is needed. */
type Alternative = readonly Credential[];

interface Credential {
  /** What the scheme's name stands for; the name itself never leaves the document. */
  scheme: unknown;
  scopes: readonly string[];
}

const TIGHTENED = "what is needed to be let in changed";

/**
 * Compares which credentials an operation takes, wherever that is said: for the operation or for
 * the whole document. What was enough for a program has to be enough still.
 */
export function compareSecurity(pair: OperationPair): void {
  const from = securityOf(pair.base);
  const to = securityOf(pair.revision);
  const base = alternativesOf(pair.base.document, from.value);
  const revision = alternativesOf(pair.revision.document, to.value);
  const about = { operation: pair.base.name };
  const places = { base: from, revision: to };
  if (!base.every((alternative) => satisfies(alternative, revision)))
    pair.differences.add("security-tightened", TIGHTENED, places, about);
  else if (!revision.every((alternative) => satisfies(alternative, base)))
    pair.differences.add("security-relaxed", "less is needed to be let in", places, about);
}

/** Whether a program that sends these credentials is let in. */
function satisfies(sent: Alternative, required: readonly Alternative[]): boolean {
  return required.some((needed) => needed.every((credential) => contains(sent, credential)));
}

/** What applies: the operation's own requirements, an empty list included, or the document's. */
function securityOf(operation: Operation): Located {
  const own = operation.value["security"];
  if (own !== undefined) return { value: own, pointer: `${operation.pointer}/security` };
  return { value: operation.document.root["security"], pointer: "/security" };
}

/** No requirement at all is one way in that needs nothing. */
function alternativesOf(document: ApiDocument, security: unknown): Alternative[] {
  if (!Array.isArray(security) || security.length === 0) return [[]];
  return security.filter(isObject).map((requirement) =>
    Object.entries(requirement).map(([name, scopes]) => ({
      scheme: schemeOf(document, name),
      scopes: Array.isArray(scopes) ? scopes.map(String) : [],
    })),
  );
}

function schemeOf(document: ApiDocument, name: string): unknown {
  const value = objectAt(document.root, "components", "securitySchemes")[name];
  if (value === undefined) return name;
  const pointer = toPointer(["components", "securitySchemes", name]);
  return onTheWire(document.resolveObject({ value, pointer }).value);
}

/** A scheme without its words, and with the case that HTTP does not tell apart taken out. */
function onTheWire(scheme: JsonObject): JsonObject {
  const { type, in: place, name, scheme: http, flows, openIdConnectUrl } = scheme;
  if (type === "apiKey")
    return { type, place, name: place === "header" ? String(name).toLowerCase() : name };
  if (type === "http") return { type, http: String(http).toLowerCase() };
  if (type === "oauth2") return { type, flows: isObject(flows) ? Object.keys(flows).sort() : [] };
  return { type, openIdConnectUrl };
}

function contains(alternative: Alternative, credential: Credential): boolean {
  return alternative.some(
    ({ scheme, scopes }) =>
      jsonEquals(scheme, credential.scheme) &&
      credential.scopes.every((scope) => scopes.includes(scope)),
  );
}
