import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import type { ApiDocument } from "../api-document.js";
import { compareContents } from "./contents.js";
import { membersAt, type Pair } from "./change.js";
import {
  compareSchemaOf,
  contextOf,
  type Operation,
  type OperationPair,
} from "./operation-pair.js";

type Response = Located<JsonObject>;
type Header = Located<JsonObject>;

export function compareResponses(pair: OperationPair): void {
  const base = responsesOf(pair.base);
  const revision = responsesOf(pair.revision);
  const about = contextOf(pair, "response");
  for (const [status, response] of base) {
    const counterpart = revision.get(status);
    if (counterpart) compareResponse(pair, { base: response, revision: counterpart });
    else {
      const rule = status.startsWith("2") ? "success-response-removed" : "error-response-removed";
      const places = { base: response, revision: noResponse(pair.revision, status) };
      pair.differences.add(rule, `response ${status} is gone`, places, about);
    }
  }
  for (const [status, response] of revision) {
    if (base.has(status)) continue;
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

function compareResponse(pair: OperationPair, responses: Pair): void {
  compareContents(pair, responses, "response");
  compareHeaders(pair, responses);
  const links = membersAt(responses, "links");
  if (!jsonEquals(links.base.value, links.revision.value))
    pair.differences.add("links-changed", "links changed", links, contextOf(pair, "response"));
  pair.differences.addRest(responses, ["content", "headers", "links"], pair.base.name);
}

/** Compares the headers of a response; they travel as text. */
function compareHeaders(pair: OperationPair, { base, revision }: Pair): void {
  const from = headersOf(pair.base.document, base);
  const to = headersOf(pair.revision.document, revision);
  const about = contextOf(pair, "response");
  const noHeader = (response: Response) => ({
    value: undefined,
    pointer: `${response.pointer}/headers`,
  });
  for (const [name, header] of from) {
    const counterpart = to.get(name);
    if (counterpart) compareHeader(pair, name, { base: header, revision: counterpart });
    else {
      const rule = isRequired(header) ? "required-header-removed" : "header-removed";
      const places = { base: header, revision: noHeader(revision) };
      pair.differences.add(rule, `header ${name} is gone`, places, about);
    }
  }
  for (const [name, header] of to) {
    if (from.has(name)) continue;
    const places = { base: noHeader(base), revision: header };
    pair.differences.add("header-added", `header ${name} is new`, places, about);
  }
}

function headersOf(document: ApiDocument, response: Response): Map<string, Header> {
  const headers = response.value["headers"];
  if (!isObject(headers)) return new Map();
  return new Map(
    Object.entries(headers).map(([name, value]) => {
      const pointer = response.pointer + toPointer(["headers", name]);
      return [name.toLowerCase(), document.resolveObject({ value, pointer })];
    }),
  );
}

function isRequired({ value }: Header): boolean {
  return value["required"] === true;
}

const COMPARED_OF_HEADER = ["required", "schema", "content", "deprecated", "style", "explode"];

function compareHeader(pair: OperationPair, name: string, headers: Pair): void {
  const { differences } = pair;
  const about = contextOf(pair, "response");
  if (isRequired(headers.base) !== isRequired(headers.revision)) {
    const became = isRequired(headers.revision) ? "required" : "optional";
    const text = `header ${name} became ${became}`;
    differences.add(`header-became-${became}`, text, membersAt(headers, "required"), about);
  }
  const deprecated = membersAt(headers, "deprecated");
  if ((deprecated.base.value === true) !== (deprecated.revision.value === true)) {
    const text = `deprecation of header ${name} changed`;
    differences.add("deprecation-changed", text, deprecated, about);
  }
  differences.addRest(headers, COMPARED_OF_HEADER, pair.base.name);
  const node = compareSchemaOf(pair, headers);
  node.uses.push({ ...about, isText: true, isOptionalParameter: false });
}
