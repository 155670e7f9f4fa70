import { toPointer } from "../../../src/openapi/pointer.js";
import type { ApiDocument, Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { sameJson } from "../json.js";
import { documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";

/** One way to be let in: every scheme of it is needed. */
type Alternative = readonly Credential[];

interface Credential {
  /** What the name stands for: names are the document's own business. */
  scheme: unknown;
  scopes: readonly string[];
}

/**
 * Compares who is let in, wherever that is said: for the operation or for the whole document.
 * What was enough for a program has to be enough still.
 */
export function compareSecurity(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const from = securityOf(documents.base, pair.base);
  const to = securityOf(documents.revision, pair.revision);
  const base = alternativesOf(documents.base, from.value);
  const revision = alternativesOf(documents.revision, to.value);
  const isStillLetIn = (alternative: Alternative) =>
    revision.some((needed) => needed.every((credential) => contains(alternative, credential)));
  const isNewlyLetIn = (alternative: Alternative) =>
    !base.some((needed) => needed.every((credential) => contains(alternative, credential)));
  const about = { operation: pair.base.name };
  const at = { base: from, revision: to };
  if (!base.every(isStillLetIn))
    pair.found.add("security-tightened", "what is needed to be let in changed", at, about);
  else if (revision.some(isNewlyLetIn))
    pair.found.add("security-relaxed", "less is needed to be let in", at, about);
}

/** What applies: the operation's own setting, an empty one included, or the document's. */
function securityOf(document: ApiDocument, operation: Operation): Located {
  const own = operation.value["security"];
  if (own !== undefined) return { value: own, pointer: `${operation.pointer}/security` };
  return { value: document.root["security"], pointer: "/security" };
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
  const components = document.root["components"];
  const schemes = isObject(components) ? components["securitySchemes"] : undefined;
  const value = isObject(schemes) ? schemes[name] : undefined;
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
      sameJson(scheme, credential.scheme) &&
      credential.scopes.every((scope) => scopes.includes(scope)),
  );
}
