import { toPointer } from "../../../src/openapi/pointer.js";
import type { ApiDocument, Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { sameJson } from "../json.js";
import { compareContents } from "./contents.js";
import { setting } from "./differences.js";
import { compareHeaders } from "./headers.js";
import { directionOf, documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";

type Response = Located<JsonObject>;

export function compareResponses(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const base = responsesOf(documents.base, pair.base);
  const revision = responsesOf(documents.revision, pair.revision);
  const about = { operation: pair.base.name, direction: directionOf(pair, "response") };
  for (const [status, response] of base) {
    const counterpart = revision.get(status);
    if (counterpart) compareResponse(pair, response, counterpart);
    else {
      const rule = status.startsWith("2") ? "success-response-removed" : "error-response-removed";
      const at = { base: response, revision: nothingAt(pair.revision, status) };
      pair.found.add(rule, `response ${status} is gone`, at, about);
    }
  }
  for (const [status, response] of revision) {
    if (base.has(status)) continue;
    const at = { base: nothingAt(pair.base, status), revision: response };
    pair.found.add("response-added", `response ${status} is new`, at, about);
  }
}

function responsesOf(document: ApiDocument, operation: Operation): Map<string, Response> {
  const responses = operation.value["responses"];
  if (!isObject(responses)) return new Map();
  return new Map(
    Object.entries(responses)
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, value]) => [
        status.toUpperCase() === "DEFAULT" ? "default" : status.toUpperCase(),
        document.resolveObject({ value, pointer: nothingAt(operation, status).pointer }),
      ]),
  );
}

function nothingAt(operation: Operation, status: string): Located {
  return { value: undefined, pointer: operation.pointer + toPointer(["responses", status]) };
}

function compareResponse(pair: OperationPair, base: Response, revision: Response): void {
  compareContents(pair, base, revision, "response");
  compareHeaders(pair, base, revision);
  const links = { base: setting(base, "links"), revision: setting(revision, "links") };
  if (!sameJson(links.base.value, links.revision.value)) {
    const about = { operation: pair.base.name, direction: directionOf(pair, "response") };
    pair.found.add("links-changed", "links changed", links, about);
  }
  pair.found.addRest({ base, revision }, ["content", "headers", "links"], pair.base.name);
}
