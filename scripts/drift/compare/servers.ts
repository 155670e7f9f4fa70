import type { ApiDocument, Located } from "../api-document.js";
import { isObject } from "../../../src/openapi/json.js";
import { sameSet } from "../json.js";
import { documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";

/** Compares where an operation is found, wherever that is said. */
export function compareServers(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const base = serversOf(documents.base, pair.base);
  const revision = serversOf(documents.revision, pair.revision);
  const at = { base, revision };
  const about = { operation: pair.base.name };
  if (!sameSet(addressesOf(base.value), addressesOf(revision.value)))
    pair.found.add("servers-changed", "servers changed", at, about);
  else if (!sameSet(wordsOf(base.value), wordsOf(revision.value)))
    pair.found.add("docs-changed", "descriptions of the servers changed", at, about);
}

function serversOf(document: ApiDocument, operation: Operation): Located {
  for (const { value, pointer } of [operation, operation.pathItem, documentOf(document)]) {
    if (Array.isArray(value["servers"]) && value["servers"].length > 0)
      return { value: value["servers"], pointer: `${pointer}/servers` };
  }
  return { value: [{ url: "/" }], pointer: "/servers" };
}

function documentOf({ root }: ApiDocument) {
  return { value: root, pointer: "" };
}

function addressesOf(servers: unknown): unknown[] {
  if (!Array.isArray(servers)) return [];
  return servers.filter(isObject).map(({ url, variables }) => ({
    url: String(url).replace(/\/$/, ""),
    variables: variables ?? {},
  }));
}

function wordsOf(servers: unknown): unknown[] {
  return Array.isArray(servers)
    ? servers.filter(isObject).map(({ description }) => description)
    : [];
}
