import { holdSameValues } from "../../../src/openapi/equality.js";
import {
  isObject,
  listAt,
  objectAt,
  stringsAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { serverUrl } from "../../../src/openapi/servers.js";
import { compareRequestBodies } from "./contents.js";
import { membersAt, type Kind } from "./change.js";
import {
  callbacksOf,
  onlyIn,
  pairOperations,
  serversOf,
  withoutNames,
  type OperationPair,
} from "./operation-pair.js";
import { compareParameters } from "./parameters.js";
import { compareResponses } from "./responses.js";
import { compareSecurity } from "./security.js";

export function compareOperation(pair: OperationPair): void {
  compareParameters(pair);
  compareRequestBodies(pair);
  compareResponses(pair);
  compareSecurity(pair);
  compareServers(pair);
  compareCallbacks(pair);
  compareDetails(pair);
}

/** Compares the addresses of an operation, wherever they are declared. */
function compareServers({ base: from, revision: to, differences }: OperationPair): void {
  const base = serversOf(from);
  const revision = serversOf(to);
  from.document.markWhole(base.value);
  to.document.markWhole(revision.value);
  const places = { base, revision };
  const about = { operation: from.name };
  const [before, after] = [base, revision].map(({ value }) => defaultAddressOf(value));
  if (before !== after) {
    const formerly = "servers changed";
    const change = `the default address changed from ${before} to ${after}`;
    const text = change + pathChangeInWords(from.path, to.path);
    differences.add("default-server-changed", text, places, { ...about, formerly });
  } else if (!holdSameValues(addressesOf(base.value), addressesOf(revision.value)))
    differences.add("servers-changed", "servers changed", places, about);
  else if (!holdSameValues(listOf(base.value), listOf(revision.value)))
    differences.add("docs-changed", "descriptions of the servers changed", places, about);
}

/** The address with the default values of the template's variables filled in. */
function defaultAddressOf(servers: unknown[]): string {
  return serverUrl({ servers: listOf(servers) });
}

/**
 * If only the base path moves, the full address stays the same, but the paths in the types of `api`
 * change.
 */
function pathChangeInWords(base: string, revision: string): string {
  const [before, after] = [withoutNames(base), withoutNames(revision)];
  if (before === after) return "";
  const [longer, shorter] = before.length > after.length ? [before, after] : [after, before];
  const moved = longer.slice(0, longer.length - shorter.length);
  return before === longer
    ? `: ${moved} is no longer part of the paths`
    : `: ${moved} is part of the paths now`;
}

function listOf(servers: unknown): JsonObject[] {
  if (!Array.isArray(servers)) return [];
  return servers
    .filter(isObject)
    .map((server) => ({ ...server, url: String(server["url"]).replace(/\/$/, "") }));
}

/** The parts of each server that matter on the wire, without text for the reader. */
function addressesOf(servers: unknown): JsonObject[] {
  return listOf(servers).map((server) => {
    const variables = Object.entries(objectAt(server, "variables")).map(([name, variable]) => [
      name,
      { default: objectAt(variable)["default"], enum: stringsAt(variable, "enum").sort() },
    ]);
    return { url: server["url"], ...(variables.length > 0 ? { variables } : {}) };
  });
}

const COMPARED: Record<string, Kind> = {
  ...{ operationId: "string", deprecated: "boolean", parameters: "list", requestBody: "object" },
  ...{ responses: "object", security: "list", servers: "list", callbacks: "object", tags: "list" },
};
const COMPARED_OF_PATH_ITEM: Record<string, Kind> = {
  ...Object.fromEntries(HTTP_METHODS.map((method) => [method, "object"])),
  ...{ parameters: "list", servers: "list", $ref: "string" },
};

function compareDetails(pair: OperationPair): void {
  const { base, revision, differences } = pair;
  const operation = base.name;
  const id = membersAt(pair, "operationId");
  if (id.base.value !== id.revision.value)
    differences.add("operation-renamed", "operationId changed", id, { operation });
  const deprecated = membersAt(pair, "deprecated");
  if ((deprecated.base.value === true) !== (deprecated.revision.value === true)) {
    const became = deprecated.revision.value === true ? "became" : "is no longer";
    differences.add("operation-deprecated", `${became} deprecated`, deprecated, { operation });
  }
  if (!holdSameValues(listAt(base.value, "tags"), listAt(revision.value, "tags")))
    differences.add("docs-changed", "tags changed", membersAt(pair, "tags"), { operation });
  differences.addRest(pair, COMPARED, operation);
  const pathItems = { base: base.pathItem, revision: revision.pathItem };
  differences.addRest(pathItems, COMPARED_OF_PATH_ITEM, operation);
}

/** Compares the requests that the API sends to the program because of an operation. */
function compareCallbacks(pair: OperationPair): void {
  const { differences, ancestors = [] } = pair;
  if (ancestors.includes(pair.base.value)) return;
  const { pairs, removed, added } = pairOperations(
    callbacksOf(pair.base),
    callbacksOf(pair.revision),
  );
  const inner = { isWebhook: !pair.isWebhook, ancestors: [...ancestors, pair.base.value] };
  for (const { base, revision } of pairs) {
    compareOperation({ ...pair, ...inner, base, revision });
    if (base.path === revision.path) continue;
    const text = `callback ${base.path} is now ${revision.path}`;
    const about = { operation: base.name, formerly: "callbacks changed" };
    differences.add("callbacks-changed", text, { base, revision }, about);
  }
  for (const callback of removed) {
    const text = `callback ${callback.path} is gone`;
    differences.add("callback-removed", text, ...onlyIn("base", callback));
  }
  for (const callback of added) {
    const text = `callback ${callback.path} is new`;
    differences.add("callback-added", text, ...onlyIn("revision", callback));
  }
}
