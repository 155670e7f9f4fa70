import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, isStringArray, type JsonObject, objectAt } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import type { ApiDocument } from "../api-document.js";
import { inWords, type Kind, membersAt, type Pair } from "./change.js";
import type { Operation, OperationPair } from "./operation-pair.js";

/** One way to authenticate, which needs all of its credentials. */
type Alternative = readonly Credential[];

interface Credential {
  /** The scheme's name, which never leaves the document. */
  name: string;
  /** The Security Scheme Object; `undefined` if the document has none of that name. */
  definition: Located<JsonObject> | undefined;
  /** The parts of the scheme that matter on the wire. */
  scheme: unknown;
  scopes: readonly string[];
}

/**
 * Compares which credentials an operation accepts, whether it declares them itself or the document
 * does. Whatever was sufficient for a program must still be sufficient.
 */
export function compareSecurity(pair: OperationPair): void {
  const from = securityOf(pair.base);
  const to = securityOf(pair.revision);
  const base = alternativesOf(pair.base.document, from.value);
  const revision = alternativesOf(pair.revision.document, to.value);
  const about = { operation: pair.base.name };
  const places = { base: from, revision: to };
  const change = `${credentialsInWords(base)} before, ${credentialsInWords(revision)} now`;
  if (!base.every((alternative) => satisfies(alternative, revision))) {
    const formerly = "what is needed to be let in changed";
    const text = `other credentials are needed: ${change}`;
    pair.differences.add("security-tightened", text, places, { ...about, formerly });
  } else if (!revision.every((alternative) => satisfies(alternative, base))) {
    const formerly = "less is needed to be let in";
    const text = `fewer credentials are needed: ${change}`;
    pair.differences.add("security-relaxed", text, places, { ...about, formerly });
  }
  for (const { definition, scheme, name } of base.flat()) {
    const counterpart =
      revision.flat().find((other) => other.name === name) ??
      revision.flat().find((other) => jsonEquals(other.scheme, scheme));
    if (definition && counterpart?.definition)
      compareSecuritySchemes(pair, { base: definition, revision: counterpart.definition });
  }
}

/** `key, or token with scope read`. */
function credentialsInWords(alternatives: readonly Alternative[]): string {
  const texts = alternatives.map((alternative) =>
    alternative
      .map(
        ({ name, scopes }) =>
          name + (scopes.length > 0 ? ` with scope ${scopes.join(" and ")}` : ""),
      )
      .join(" and "),
  );
  return texts.map((text) => text || "none").join(", or ");
}

/** Whether a program that sends these credentials is still authorized. */
function satisfies(sent: Alternative, required: readonly Alternative[]): boolean {
  return required.some((needed) => needed.every((credential) => contains(sent, credential)));
}

/**
 * The requirements that apply: the operation's own, even if the list is empty, or the document's.
 */
function securityOf(operation: Operation): Located {
  const own = operation.value["security"];
  if (own !== undefined) return { value: own, pointer: `${operation.pointer}/security` };
  return { value: operation.document.root["security"], pointer: "/security" };
}

/** Without requirements, there is one way to authenticate, and it needs nothing. */
function alternativesOf(document: ApiDocument, security: unknown): Alternative[] {
  document.markWhole(security);
  if (!Array.isArray(security) || security.length === 0) return [[]];
  return security.filter(isObject).map((requirement) =>
    Object.entries(requirement).map(([name, scopes]) => {
      const definition = definitionOf(document, name);
      const scheme = definition ? onTheWire(definition.value) : name;
      return { name, definition, scheme, scopes: isStringArray(scopes) ? scopes : [] };
    }),
  );
}

function definitionOf(document: ApiDocument, name: string): Located<JsonObject> | undefined {
  const value = objectAt(document.root, "components", "securitySchemes")[name];
  const pointer = toPointer(["components", "securitySchemes", name]);
  return value === undefined ? undefined : document.resolveObject({ value, pointer });
}

/** A scheme without text for the reader, and normalized where HTTP is case-insensitive. */
function onTheWire(scheme: JsonObject): JsonObject {
  const { type, in: place, name, scheme: http, openIdConnectUrl } = scheme;
  if (type === "apiKey")
    return { type, place, name: place === "header" ? String(name).toLowerCase() : name };
  if (type === "http") return { type, http: String(http).toLowerCase() };
  if (type === "oauth2") return { type }; // The same for every flow that issues the token.
  return { type, openIdConnectUrl };
}

function contains(alternative: Alternative, credential: Credential): boolean {
  return alternative.some(
    ({ scheme, scopes }) =>
      jsonEquals(scheme, credential.scheme) &&
      credential.scopes.every((scope) => scopes.includes(scope)),
  );
}

const COMPARED_OF_SCHEME: Record<string, Kind> = {
  ...{ type: "string", name: "string", in: "string", scheme: "string", openIdConnectUrl: "string" },
  flows: "object",
};

/**
 * Compares what requirements leave out: text for the reader, and where and for which scopes OAuth
 * issues tokens.
 */
function compareSecuritySchemes(pair: OperationPair, schemes: Pair): void {
  pair.differences.addRest(schemes, COMPARED_OF_SCHEME, pair.base.name);
  const flows = membersAt(schemes, "flows");
  if (isPairOfObjects(flows)) compareFlows(pair, flows);
}

function compareFlows(pair: OperationPair, flows: Pair): void {
  const about = { operation: pair.base.name };
  const { base, revision } = flows;
  for (const name of new Set([...Object.keys(base.value), ...Object.keys(revision.value)])) {
    const flow = membersAt(flows, name);
    if (isPairOfObjects(flow)) compareFlow(pair, flow);
    else if (isObject(flow.base.value))
      pair.differences.add("oauth-flow-removed", `OAuth flow ${name} is gone`, flow, about);
    else if (isObject(flow.revision.value))
      pair.differences.add("oauth-flow-added", `OAuth flow ${name} is new`, flow, about);
  }
}

function isPairOfObjects(pair: Pair<unknown>): pair is Pair {
  return isObject(pair.base.value) && isObject(pair.revision.value);
}

const URLS = ["authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl"];
const COMPARED_OF_FLOW: Record<string, Kind> = {
  ...Object.fromEntries(URLS.map((key) => [key, "string"])),
  scopes: "object",
};

function compareFlow(pair: OperationPair, flow: Pair): void {
  const about = { operation: pair.base.name };
  for (const key of URLS) {
    const url = membersAt(flow, key);
    if (url.base.value === url.revision.value) continue;
    const text = `${key} changed from ${inWords(url.base.value)} to ${inWords(url.revision.value)}`;
    pair.differences.add("oauth-url-changed", text, url, about);
  }
  const scopes = membersAt(flow, "scopes");
  if (isPairOfObjects(scopes)) compareScopes(pair, scopes);
  pair.differences.addRest(flow, COMPARED_OF_FLOW, pair.base.name);
}

function compareScopes(pair: OperationPair, scopes: Pair): void {
  const about = { operation: pair.base.name };
  const { base, revision } = scopes;
  for (const name of new Set([...Object.keys(base.value), ...Object.keys(revision.value)])) {
    const places = membersAt(scopes, name);
    const [before, after] = [places.base.value, places.revision.value];
    if (after === undefined)
      pair.differences.add("oauth-scope-removed", `scope ${name} is gone`, places, about);
    else if (before === undefined)
      pair.differences.add("oauth-scope-added", `scope ${name} is new`, places, about);
    else if (before !== after)
      pair.differences.add("docs-changed", `description of scope ${name} changed`, places, about);
  }
}
