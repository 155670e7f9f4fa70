import { isObject, listAt, objectAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";
import type { Operation } from "./operations.js";

/**
 * A body such as the spec promises for an operation's success: its example where there is one,
 * else one made from the schema. It lets an operation of a newer spec answer before anyone has
 * written its behaviour.
 */
export function sampleSuccess(document: JsonObject, operation: Operation): unknown {
  return operation.success.example ?? sample(document, operation.success.schema);
}

function sample(document: JsonObject, schema: unknown, depth = 0): unknown {
  const { type, example, nullable, ...rest } = dereference(document, schema);
  if (example !== undefined) return example;
  if (rest["default"] !== undefined) return rest["default"];
  const [firstOption] = listAt(rest, "enum");
  if (firstOption !== undefined) return firstOption;
  const [branch] = [...listAt(rest, "oneOf"), ...listAt(rest, "anyOf")];
  if (branch !== undefined) return sample(document, branch, depth + 1);
  const parts = listAt(rest, "allOf").map((part) => sample(document, part, depth + 1));
  if (type === "object" || isObject(rest["properties"]) || parts.length > 0) {
    // A schema may contain itself: deep down only what it cannot do without is made.
    const needed = stringsAt(rest, "required");
    const members = Object.entries(objectAt(rest, "properties")).filter(
      ([name]) => depth < 3 || (depth < 16 && needed.includes(name)),
    );
    const properties = members.map(
      ([name, property]) => [name, sample(document, property, depth + 1)] as const,
    );
    return Object.assign({}, ...parts.filter(isObject), Object.fromEntries(properties)) as unknown;
  }
  if (type === "array") {
    const count = typeof rest["minItems"] === "number" ? Math.min(rest["minItems"], 100) : 1;
    return Array.from({ length: count }, () => sample(document, rest["items"], depth + 1));
  }
  if (type === "string") return "sample".padEnd(Number(rest["minLength"] ?? 0), ".");
  if (type === "number" || type === "integer") return Number(rest["minimum"] ?? 0);
  if (type === "boolean") return true;
  return nullable === true ? null : {};
}
