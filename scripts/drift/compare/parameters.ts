import { locatedItems, type ApiDocument, type Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { compareContents } from "./contents.js";
import { setting } from "./differences.js";
import { directionOf, documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";
import { compareSchemaUnder } from "./schema-under.js";
import { serializationOf } from "./serialization.js";

type Parameter = Located<JsonObject>;

const HANDLED = [
  ...["name", "in", "required", "schema", "content", "deprecated"],
  ...["style", "explode", "allowReserved", "allowEmptyValue"],
];

/** Compares what goes into the path, the query, the headers and the cookies of a request. */
export function compareParameters(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const base = parametersOf(documents.base, pair.base);
  const revision = parametersOf(documents.revision, pair.revision);
  const about = { operation: pair.base.name, direction: directionOf(pair, "request") };
  for (const [key, parameter] of base) {
    const counterpart = revision.get(key);
    if (counterpart) compareParameter(pair, parameter, counterpart);
    else {
      const at = { base: parameter, revision: nothingIn(pair.revision) };
      pair.found.add("parameter-removed", `${nameOf(parameter)} is gone`, at, about);
    }
  }
  for (const [key, parameter] of revision) {
    if (base.has(key)) continue;
    const rule = isRequired(parameter) ? "parameter-added-required" : "parameter-added-optional";
    const text = `${nameOf(parameter)} is new and ${isRequired(parameter) ? "required" : "optional"}`;
    pair.found.add(rule, text, { base: nothingIn(pair.base), revision: parameter }, about);
  }
}

function nothingIn(operation: Operation): Located {
  return { value: undefined, pointer: `${operation.pointer}/parameters` };
}

/**
 * The parameters that apply to an operation: those of its path, unless it has its own of that name.
 * Path parameters go by their place in the path, since their names are not sent.
 */
function parametersOf(document: ApiDocument, operation: Operation): Map<string, Parameter> {
  const places = [...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const all = [operation.pathItem, operation].flatMap(({ value, pointer }) =>
    locatedItems(value["parameters"], `${pointer}/parameters`),
  );
  return new Map(
    all.map((located) => {
      const parameter = document.resolveObject(located);
      const { name, in: place } = parameter.value;
      const index = place === "path" ? places.indexOf(String(name)) : -1;
      // Header names are the same in any case (RFC 9110, section 5.1).
      const known = place === "header" ? String(name).toLowerCase() : String(name);
      return [`${String(place)} ${index < 0 ? known : `{${index}}`}`, parameter];
    }),
  );
}

function nameOf({ value }: Parameter): string {
  return `${String(value["in"])} parameter \`${String(value["name"])}\``;
}

function isRequired({ value }: Parameter): boolean {
  return value["required"] === true || value["in"] === "path";
}

function compareParameter(pair: OperationPair, base: Parameter, revision: Parameter): void {
  const { found } = pair;
  const about = { operation: pair.base.name, direction: directionOf(pair, "request") };
  const name = nameOf(base);
  const at = (key: string) => ({ base: setting(base, key), revision: setting(revision, key) });
  if (base.value["in"] === "path" && base.value["name"] !== revision.value["name"])
    found.add("parameter-renamed", `${name} got another name`, at("name"), about);
  if (isRequired(base) !== isRequired(revision)) {
    const became = isRequired(revision) ? "required" : "optional";
    found.add(`parameter-became-${became}`, `${name} became ${became}`, at("required"), about);
  }
  if ((base.value["deprecated"] === true) !== (revision.value["deprecated"] === true))
    found.add("deprecation-changed", `deprecation of ${name} changed`, at("deprecated"), about);
  found.addRest({ base, revision }, HANDLED, pair.base.name);
  compareParameterSchemas(pair, base, revision);
}

function compareParameterSchemas(pair: OperationPair, base: Parameter, revision: Parameter): void {
  const about = { operation: pair.base.name, direction: directionOf(pair, "request") };
  const node = compareSchemaUnder(pair, { base, revision });
  if (serializationOf(base.value, node.base) !== serializationOf(revision.value, node.revision)) {
    const text = `${nameOf(base)} is written differently`;
    pair.found.add("parameter-serialization-changed", text, { base, revision }, about);
  }
  if (isObject(base.value["content"]) && isObject(revision.value["content"]))
    compareContents(pair, base, revision, "request");
  else
    node.uses.push({
      ...about,
      isText: true,
      isOptionalParameter: !isRequired(base) && !isRequired(revision),
    });
}
