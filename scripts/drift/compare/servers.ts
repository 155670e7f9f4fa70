import type { ApiDocument, Located } from "../api-document.js";
import { isObject, sameJson, sameSet } from "../json.js";
import { documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";

/** Compares where an operation is found, wherever that is said. */
export function compareServers(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const base = serversOf(documents.base, pair.base);
  const revision = serversOf(documents.revision, pair.revision);
  if (sameJson(base.value, revision.value)) return;
  const isSame = sameSet(addressesOf(base.value), addressesOf(revision.value));
  pair.found.add(
    isSame ? "docs-changed" : "servers-changed",
    isSame ? "descriptions of the servers changed" : "servers changed",
    { base, revision },
    { operation: pair.base.name },
  );
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
