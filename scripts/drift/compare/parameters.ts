import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import type { Located } from "../../../src/openapi/references.js";
import { itemsAt, memberAt } from "../api-document.js";
import type { SchemaView } from "../schemas/schema-node.js";
import { compareContents } from "./contents.js";
import { compareDeprecation, membersAt, type Kind, type Pair } from "./change.js";
import {
  compareSchemaOf,
  contextOf,
  type Operation,
  type OperationPair,
} from "./operation-pair.js";

type Parameter = Located<JsonObject>;

/** Compares the path, query, header and cookie parameters of a request. */
export function compareParameters(pair: OperationPair): void {
  const base = parametersOf(pair.base);
  const revision = parametersOf(pair.revision);
  const about = contextOf(pair, "request");
  for (const [key, parameter] of base) {
    const counterpart = revision.get(key);
    if (counterpart) compareParameter(pair, { base: parameter, revision: counterpart });
    else {
      const places = { base: parameter, revision: noParameter(pair.revision) };
      pair.differences.add("parameter-removed", `${nameOf(parameter)} is gone`, places, about);
    }
  }
  compareUndeclaredNames(pair, base, revision);
  for (const [key, parameter] of revision) {
    if (base.has(key)) continue;
    const necessity = isRequired(parameter) ? "required" : "optional";
    const text = `${nameOf(parameter)} is new and ${necessity}`;
    const places = { base: noParameter(pair.base), revision: parameter };
    pair.differences.add(`parameter-added-${necessity}`, text, places, about);
  }
}

/** A path names its parameters even if nothing else describes them. */
function compareUndeclaredNames(
  pair: OperationPair,
  ...[base, revision]: ReadonlyMap<string, Parameter>[]
): void {
  const [from, to] = [namesInPath(pair.base), namesInPath(pair.revision)];
  if (from.length !== to.length) return;
  const places = { base: pair.base.pathItem, revision: pair.revision.pathItem };
  for (const [position, name] of from.entries()) {
    const key = keyInPath(position);
    if (name === to[position] || (base?.has(key) && revision?.has(key))) continue;
    const text = `path parameter \`${name}\` got another name`;
    pair.differences.add("parameter-renamed", text, places, contextOf(pair, "request"));
  }
}

function namesInPath({ path }: Operation): string[] {
  if (!path.startsWith("/")) return []; // A callback's address.
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
}

function keyInPath(position: number): string {
  return `path {${position}}`;
}

function noParameter(operation: Operation): Located {
  return { value: undefined, pointer: `${operation.pointer}/parameters` };
}

/**
 * The parameters of an operation: those of its path, unless the operation has its own of that name.
 * Path parameters are matched by position, since their names are not sent.
 */
function parametersOf(operation: Operation): Map<string, Parameter> {
  const names = namesInPath(operation);
  const all = [operation.pathItem, operation].flatMap((owner) =>
    itemsAt(memberAt(owner, "parameters")),
  );
  return new Map(
    all.map((located) => {
      const parameter = operation.document.resolveObject(located);
      const { name, in: location } = parameter.value;
      const position = location === "path" ? names.indexOf(String(name)) : -1;
      // Header names are case-insensitive (RFC 9110, section 5.1).
      const known = location === "header" ? String(name).toLowerCase() : String(name);
      return [position < 0 ? `${String(location)} ${known}` : keyInPath(position), parameter];
    }),
  );
}

function nameOf({ value }: Parameter): string {
  return `${String(value["in"])} parameter \`${String(value["name"])}\``;
}

function isRequired({ value }: Parameter): boolean {
  return value["required"] === true || value["in"] === "path";
}

const COMPARED: Record<string, Kind> = {
  ...{ name: "string", in: "string", required: "boolean", deprecated: "boolean" },
  ...{ schema: "schema", content: "object" },
  ...{ style: "string", explode: "boolean", allowReserved: "boolean", allowEmptyValue: "boolean" },
};

function compareParameter(pair: OperationPair, parameters: Pair): void {
  const { differences } = pair;
  const { base, revision } = parameters;
  const about = contextOf(pair, "request");
  const name = nameOf(base);
  if (base.value["name"] !== revision.value["name"]) {
    const names = membersAt(parameters, "name");
    differences.add("parameter-renamed", `${name} got another name`, names, about);
  }
  if (isRequired(base) !== isRequired(revision)) {
    const became = isRequired(revision) ? "required" : "optional";
    const places = membersAt(parameters, "required");
    differences.add(`parameter-became-${became}`, `${name} became ${became}`, places, about);
  }
  compareDeprecation(differences, parameters, name, about);
  const empty = membersAt(parameters, "allowEmptyValue");
  if ((empty.base.value === true) !== (empty.revision.value === true)) {
    const became = empty.revision.value === true ? "allowed" : "refused";
    const text = `${name} may ${became === "allowed" ? "now" : "no longer"} be sent empty`;
    differences.add(`parameter-empty-${became}`, text, empty, about);
  }
  differences.addRest(parameters, COMPARED, pair.base.name);
  compareParameterSchemas(pair, parameters);
}

function compareParameterSchemas(pair: OperationPair, parameters: Pair): void {
  const { base, revision } = parameters;
  const about = contextOf(pair, "request");
  const node = compareSchemaOf(pair, parameters);
  if (serializationOf(base.value, node.base) !== serializationOf(revision.value, node.revision)) {
    const text = `${nameOf(base)} is written differently`;
    pair.differences.add("parameter-serialization-changed", text, parameters, about);
  }
  if (isObject(base.value["content"]) && isObject(revision.value["content"]))
    compareContents(pair, parameters, "request");
  else {
    const isOptionalParameter = !isRequired(base) && !isRequired(revision);
    node.uses.push({ ...about, isText: true, isOptionalParameter });
  }
}

/** How a parameter's value is serialized, with defaults filled in, as one string to compare. */
function serializationOf(parameter: JsonObject, schema: SchemaView): string {
  if (isObject(parameter["content"])) return "content";
  const location = parameter["in"];
  const usual = location === "query" || location === "cookie" ? "form" : "simple";
  const style = typeof parameter["style"] === "string" ? parameter["style"] : usual;
  const explode =
    parameter["explode"] === undefined ? style === "form" : parameter["explode"] === true;
  // `explode` has no effect on a single value.
  const exploded = isScalar(schema) ? "" : ` explode=${String(explode)}`;
  return `${style}${exploded} reserved=${String(parameter["allowReserved"] === true)}`;
}

function isScalar({ types }: SchemaView): boolean {
  return types !== undefined && !types.has("array") && !types.has("object");
}
