import { toPointer } from "../../../src/openapi/pointer.js";
import type { ApiDocument, Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { setting } from "./differences.js";
import { directionOf, documentsOf, type OperationPair } from "./operation.js";
import { compareSchemaUnder } from "./schema-under.js";

type Header = Located<JsonObject>;

const HANDLED = ["required", "schema", "content", "deprecated", "style", "explode"];

/** Compares the headers of a response; they travel as text. */
export function compareHeaders(pair: OperationPair, base: Header, revision: Header): void {
  const documents = documentsOf(pair);
  const from = headersOf(documents.base, base);
  const to = headersOf(documents.revision, revision);
  const about = { operation: pair.base.name, direction: directionOf(pair, "response") };
  const nothing = { value: undefined, pointer: revision.pointer + "/headers" };
  for (const [name, header] of from) {
    const counterpart = to.get(name);
    if (counterpart) compareHeader(pair, name, header, counterpart);
    else {
      const rule = isRequired(header) ? "required-header-removed" : "header-removed";
      pair.found.add(rule, `header ${name} is gone`, { base: header, revision: nothing }, about);
    }
  }
  for (const [name, header] of to) {
    if (from.has(name)) continue;
    const at = { base: { value: undefined, pointer: base.pointer + "/headers" }, revision: header };
    pair.found.add("header-added", `header ${name} is new`, at, about);
  }
}

function headersOf(document: ApiDocument, response: Header): Map<string, Header> {
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

function compareHeader(pair: OperationPair, name: string, base: Header, revision: Header): void {
  const about = { operation: pair.base.name, direction: directionOf(pair, "response") };
  const at = (key: string) => ({ base: setting(base, key), revision: setting(revision, key) });
  if (isRequired(base) !== isRequired(revision)) {
    const became = isRequired(revision) ? "required" : "optional";
    const text = `header ${name} became ${became}`;
    pair.found.add(`header-became-${became}`, text, at("required"), about);
  }
  if ((base.value["deprecated"] === true) !== (revision.value["deprecated"] === true)) {
    const text = `deprecation of header ${name} changed`;
    pair.found.add("deprecation-changed", text, at("deprecated"), about);
  }
  pair.found.addRest({ base, revision }, HANDLED, pair.base.name);
  const node = compareSchemaUnder(pair, { base, revision });
  node.uses.push({ ...about, isText: true, isOptionalParameter: false });
}
