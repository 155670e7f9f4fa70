import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";

/** Thrown if today's spec does not have what an evolution changes: there is nothing to try then. */
export class NotApplicable extends Error {}

/** A document that an evolution changes in place, with accessors. */
export class EvolvingDocument {
  constructor(readonly root: JsonObject) {}

  /** The operation of `POST /v2/thumbnail/text`. */
  operation(title: string): JsonObject {
    const [method = "", path = ""] = title.split(" ");
    return this.found(title, objectAt(this.root, "paths", path)[method.toLowerCase()]);
  }

  /** The schema of an operation's JSON body. */
  body(title: string): JsonObject {
    const request = dereference(this.root, this.operation(title)["requestBody"]);
    const schema = objectAt(request, "content", "application/json")["schema"];
    return this.found(`the body of ${title}`, this.target(schema));
  }

  /** The schema of an operation's response with this status. */
  answer(title: string, status = "200"): JsonObject {
    const response = dereference(this.root, this.responses(title)[status]);
    const schema = objectAt(response, "content", "application/json")["schema"];
    return this.found(`the answer of ${title}`, this.target(schema));
  }

  responses(title: string): JsonObject {
    return this.found(`the responses of ${title}`, this.operation(title)["responses"]);
  }

  /** A property of an object schema. */
  property(schema: JsonObject, name: string): JsonObject {
    return this.found(`the property ${name}`, objectAt(schema, "properties")[name]);
  }

  paths(): JsonObject {
    return this.found("paths", this.root["paths"]);
  }

  /** A section of the components, created if missing. */
  components(section: string): JsonObject {
    const components = member(this.root, "components");
    return member(components, section);
  }

  /** The schemas of an error's code, each with an `enum`. */
  errorCodes(): string[] {
    const codes = this.errorCode()["enum"];
    if (!Array.isArray(codes)) throw new NotApplicable("no enum of error codes");
    return codes as string[];
  }

  private errorCode(): JsonObject {
    for (const [, schema] of Object.entries(objectAt(this.root, "components", "schemas"))) {
      const code = objectAt(schema, "properties", "error", "properties", "code");
      if (Array.isArray(code["enum"]) && code["enum"].length > 1) return code;
    }
    throw new NotApplicable("no schema of errors");
  }

  /** Each operation with its title, in document order. */
  operations(): [string, JsonObject][] {
    return Object.entries(this.paths()).flatMap(([path, item]) =>
      Object.entries(isObject(item) ? item : {})
        .filter(
          ([method, value]) => /^(get|put|post|patch|delete)$/.test(method) && isObject(value),
        )
        .map(([method, value]): [string, JsonObject] => [
          `${method.toUpperCase()} ${path}`,
          value as JsonObject,
        ]),
    );
  }

  private target(schema: unknown): unknown {
    return isObject(schema) ? dereference(this.root, schema) : undefined;
  }

  private found(what: string, value: unknown): JsonObject {
    if (isObject(value)) return value;
    throw new NotApplicable(`today's spec has not ${what}`);
  }
}

function member(owner: JsonObject, key: string): JsonObject {
  const present = owner[key];
  if (isObject(present)) return present;
  const made: JsonObject = {};
  owner[key] = made;
  return made;
}

/** Adds to the `properties` of an object schema. */
export function addProperty(schema: JsonObject, name: string, value: JsonObject): void {
  member(schema, "properties")[name] = value;
}

/** Removes a property from an object schema, also from its required fields. */
export function dropProperty(schema: JsonObject, name: string): void {
  const properties = objectAt(schema, "properties");
  if (!Object.hasOwn(properties, name)) throw new NotApplicable(`no property ${name}`);
  Reflect.deleteProperty(properties, name);
  const { required } = schema;
  if (Array.isArray(required)) schema["required"] = required.filter((one) => one !== name);
}

/** Changes every object in a value, innermost first. */
export function changeObjects(value: unknown, change: (object: JsonObject) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) changeObjects(inner, change);
  if (isObject(value)) change(value);
}
