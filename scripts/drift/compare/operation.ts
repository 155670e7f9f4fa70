import { holdSameValues, jsonEquals } from "../../../src/openapi/equality.js";
import { isObject } from "../../../src/openapi/json.js";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import type { Located } from "../../../src/openapi/references.js";
import { compareRequestBodies } from "./contents.js";
import { membersAt } from "./change.js";
import type { Operation, OperationPair } from "./operation-pair.js";
import { compareParameters } from "./parameters.js";
import { compareResponses } from "./responses.js";
import { compareSecurity } from "./security.js";

export function compareOperation(pair: OperationPair): void {
  compareParameters(pair);
  compareRequestBodies(pair);
  compareResponses(pair);
  compareSecurity(pair);
  compareServers(pair);
  compareDetails(pair);
}

/** Compares the addresses at which an operation is found, wherever that is said. */
function compareServers({ base: from, revision: to, differences }: OperationPair): void {
  const base = serversOf(from);
  const revision = serversOf(to);
  const places = { base, revision };
  const about = { operation: from.name };
  if (!holdSameValues(addressesOf(base.value), addressesOf(revision.value)))
    differences.add("servers-changed", "servers changed", places, about);
  else if (!holdSameValues(descriptionsOf(base.value), descriptionsOf(revision.value)))
    differences.add("docs-changed", "descriptions of the servers changed", places, about);
}

function serversOf(operation: Operation): Located {
  const document = { value: operation.document.root, pointer: "" };
  for (const { value, pointer } of [operation, operation.pathItem, document]) {
    if (Array.isArray(value["servers"]) && value["servers"].length > 0)
      return { value: value["servers"], pointer: `${pointer}/servers` };
  }
  return { value: [{ url: "/" }], pointer: "/servers" };
}

function addressesOf(servers: unknown): unknown[] {
  if (!Array.isArray(servers)) return [];
  return servers.filter(isObject).map(({ url, variables }) => ({
    url: String(url).replace(/\/$/, ""),
    variables: variables ?? {},
  }));
}

function descriptionsOf(servers: unknown): unknown[] {
  return Array.isArray(servers)
    ? servers.filter(isObject).map(({ description }) => description)
    : [];
}

const COMPARED = [
  ...["operationId", "deprecated", "parameters", "requestBody", "responses"],
  ...["security", "servers", "callbacks", "tags"],
];
const COMPARED_OF_PATH_ITEM = [...HTTP_METHODS, "parameters", "servers", "$ref"];

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
  const callbacks = membersAt(pair, "callbacks");
  if (!jsonEquals(callbacks.base.value, callbacks.revision.value))
    differences.add("callbacks-changed", "callbacks changed", callbacks, { operation });
  if (!jsonEquals(sorted(base.value["tags"]), sorted(revision.value["tags"])))
    differences.add("docs-changed", "tags changed", membersAt(pair, "tags"), { operation });
  differences.addRest(pair, COMPARED, operation);
  const pathItems = { base: base.pathItem, revision: revision.pathItem };
  differences.addRest(pathItems, COMPARED_OF_PATH_ITEM, operation);
}

function sorted(tags: unknown): unknown {
  return Array.isArray(tags) && tags.length > 0 ? tags.map(String).sort() : undefined;
}
