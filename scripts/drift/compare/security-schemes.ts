import { isObject, objectAt } from "../../../src/openapi/json.js";
import { memberAt } from "../api-document.js";
import { inWords, membersAt, type Kind, type Pair } from "./change.js";
import type { OperationPair } from "./operation-pair.js";

const COMPARED: Record<string, Kind> = {
  ...{ type: "string", name: "string", in: "string", scheme: "string", openIdConnectUrl: "string" },
  flows: "object",
};

/** Compares what requirements do not: words, and where and for what OAuth gives tokens. */
export function compareSecuritySchemes(pair: OperationPair, schemes: Pair): void {
  pair.differences.addRest(schemes, COMPARED, pair.base.name);
  const flows = membersAt(schemes, "flows");
  for (const name of Object.keys(objectAt(flows.base.value))) {
    const flow = {
      base: memberAt({ ...flows.base, value: objectAt(flows.base.value) }, name),
      revision: memberAt({ ...flows.revision, value: objectAt(flows.revision.value) }, name),
    };
    if (isPairOfObjects(flow)) compareFlow(pair, flow);
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
