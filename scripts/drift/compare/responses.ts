import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import { isDocsKey, membersAt, type Pair } from "./change.js";
import { compareContents, compareHeaders } from "./contents.js";
import { contextOf, type Operation, type OperationPair } from "./operation-pair.js";

type Response = Located<JsonObject>;
/** Responses by status: `200`, `2XX` or `default`. */
type Responses = ReadonlyMap<string, Response>;

export function compareResponses(pair: OperationPair): void {
  const base = responsesOf(pair.base);
  const revision = responsesOf(pair.revision);
  const about = contextOf(pair, "response");
  const regrouped = compareRegrouped(pair, base, revision);
  for (const [status, response] of base) {
    const counterpart = revision.get(status);
    if (counterpart) compareResponse(pair, { base: response, revision: counterpart });
    else if (!regrouped.has(status)) {
      const rule = isSuccess(status, base) ? "success-response-removed" : "error-response-removed";
      const places = { base: response, revision: noResponse(pair.revision, status) };
      pair.differences.add(rule, `response ${status} is gone`, places, about);
    }
  }
  for (const [status, response] of revision) {
    if (base.has(status) || regrouped.has(status)) continue;
    const places = { base: noResponse(pair.base, status), revision: response };
    pair.differences.add("response-added", `response ${status} is new`, places, about);
  }
}

function responsesOf(operation: Operation): Map<string, Response> {
  const responses = operation.value["responses"];
  if (!isObject(responses)) return new Map();
  return new Map(
    Object.entries(responses)
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, value]) => [
        status.toUpperCase() === "DEFAULT" ? "default" : status.toUpperCase(),
        operation.document.resolveObject({ ...noResponse(operation, status), value }),
      ]),
  );
}

function noResponse(operation: Operation, status: string): Located {
  return { value: undefined, pointer: operation.pointer + toPointer(["responses", status]) };
}

/**
 * Compares a status that only one side names with the range (`2XX`) or the `default` that covers it
 * on the other side.
 *
 * @returns The statuses that are neither new nor gone, but described under another name.
 */
function compareRegrouped(pair: OperationPair, base: Responses, revision: Responses): Set<string> {
  const about = contextOf(pair, "response");
  const regrouped = new Set<string>();
  const compare = (from: string, to: string) => {
    const [before, after] = [base.get(from), revision.get(to)];
    if (!before || !after) return;
    const responses = { base: before, revision: after };
    compareResponse(pair, responses);
    if (revision.has(from) || base.has(to)) return;
    if (isSuccess(from, base) && !isSuccess(to, revision)) return;
    regrouped.add(from).add(to);
    const text = `response ${from} is described as ${to}`;
    pair.differences.add("response-regrouped", text, responses, about);
  };
  for (const status of revision.keys()) {
    const general = generalStatus(status, base);
    if (general !== undefined) compare(general, status);
  }
  for (const status of base.keys()) {
    const general = generalStatus(status, revision);
    if (general !== undefined && !base.has(general)) compare(status, general);
  }
  return regrouped;
}

/**
 * Whether a status is the success that a program expects: a 2XX, else a redirect, else `default`.
 */
function isSuccess(status: string, responses: Responses): boolean {
  const statuses = [...responses.keys()];
  const first = ["2", "3", "default"].find((start) =>
    statuses.some((other) => other.startsWith(start)),
  );
  return first !== undefined && status.startsWith(first);
}

/** The range, or `default`, that covers a status which the responses do not name. */
function generalStatus(status: string, responses: Responses): string | undefined {
  if (status === "default" || responses.has(status)) return undefined;
  const range = `${status.charAt(0)}XX`;
  if (responses.has(range)) return range;
  // If there is another success, `default` describes failures.
  const namesSuccess = [...responses.keys()].some((other) => other.startsWith("2"));
  return responses.has("default") && !(status.startsWith("2") && namesSuccess)
    ? "default"
    : undefined;
}

function compareResponse(pair: OperationPair, responses: Pair): void {
  compareContents(pair, responses, "response");
  compareHeaders(pair, responses, "response");
  compareLinks(pair, membersAt(responses, "links"));
  const compared = { content: "object", headers: "object", links: "object" } as const;
  pair.differences.addRest(responses, compared, pair.base.name);
}

function compareLinks(pair: OperationPair, links: Pair<unknown>): void {
  const base = linksOf(pair.base.document, links.base);
  const revision = linksOf(pair.revision.document, links.revision);
  const about = contextOf(pair, "response");
  if (!jsonEquals(withoutWords(base), withoutWords(revision)))
    pair.differences.add("links-changed", "links changed", links, about);
  else if (!jsonEquals(base, revision))
    pair.differences.add("docs-changed", "descriptions of the links changed", links, about);
}

function withoutWords(links: Record<string, JsonObject>): JsonObject {
  const facts = Object.entries(links).map(([name, link]) => {
    const keys = Object.entries(link).filter(([key]) => !isDocsKey(key));
    return [name, Object.fromEntries(keys)] as const;
  });
  return Object.fromEntries(facts);
}

/** The links by name, with references resolved. */
function linksOf(document: ApiDocument, { value, pointer }: Located): Record<string, JsonObject> {
  if (!isObject(value)) return {};
  document.markCompared(value);
  const links = Object.keys(value).map((name) => {
    const link = document.resolveObject(memberAt({ value, pointer }, name));
    document.markWhole(link.value);
    return [name, link.value] as const;
  });
  return Object.fromEntries(links);
}
