import type { ErrorObject } from "ajv";
import type { Detail } from "./refusal.js";
import { isObject, stringsAt } from "../../openapi/json.js";

/** More than anyone reads; a hostile body may break thousands of rules at once. */
const maxDetails = 20;

/**
 * Turns a validator's errors into `error.details`: one entry a broken rule, naming the field. Rules
 * on which fields go together are told as one sentence instead of one error per branch.
 */
export function explainErrors(errors: readonly ErrorObject[]): Detail[] {
  const rules = errors.filter((error) => fieldsOfPresenceRule(error).length > 0);
  const branches = rules.map((rule) => `${rule.schemaPath}/`);
  const own = errors.filter(
    (error) => !branches.some((branch) => error.schemaPath.startsWith(branch)),
  );
  const others = own.filter((error) => !rules.includes(error));
  const presence = own.filter((error) => rules.includes(error));
  return [...others.map(explainError), ...presence.map(explainPresence)].slice(0, maxDetails);
}

/** The fields a `oneOf`, `anyOf` or `not` is about, where all it speaks of is which are there. */
function fieldsOfPresenceRule(error: ErrorObject): string[] {
  if (!["oneOf", "anyOf", "not"].includes(error.keyword)) return [];
  const branches: unknown[] = Array.isArray(error.schema) ? error.schema : [error.schema];
  return [...new Set(branches.flatMap((branch) => stringsAt(branch, "required")))];
}

function explainPresence(error: ErrorObject): Detail {
  const fields = fieldsOfPresenceRule(error);
  const data: unknown = error.data;
  const given = fields.filter((field) => isObject(data) && Object.hasOwn(data, field));
  return { ...fieldDetail(error.instancePath, given[0] ?? fields[0]), message: sentence() };

  function sentence(): string {
    if (error.keyword === "not") return `${given.join(" and ")} cannot be given together`;
    if (error.keyword === "anyOf") return `at least one of ${fields.join(", ")} is required`;
    if (given.length === 0)
      return `exactly one of ${fields.join(", ")} is required, none was given`;
    return `exactly one of ${fields.join(", ")} is allowed, ${given.join(" and ")} were given`;
  }
}

function explainError(error: ErrorObject): Detail {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required":
      return {
        ...fieldDetail(error.instancePath, String(params["missingProperty"])),
        message: "is required",
      };
    case "additionalProperties":
      return {
        ...fieldDetail(error.instancePath, String(params["additionalProperty"])),
        message: "is not a known field",
      };
    case "enum":
      return {
        ...fieldDetail(error.instancePath),
        message: `must be one of ${listAllowed(params)}`,
      };
    case "pattern":
      return {
        ...fieldDetail(error.instancePath),
        message: explainPattern(String(params["pattern"])),
      };
    default:
      return { ...fieldDetail(error.instancePath), message: error.message ?? "is invalid" };
  }
}

function listAllowed(params: Record<string, unknown>): string {
  const allowed = params["allowedValues"];
  return Array.isArray(allowed) ? allowed.map((value) => JSON.stringify(value)).join(", ") : "";
}

function explainPattern(pattern: string): string {
  if (pattern.startsWith("^https://")) return "must be an https:// address";
  if (pattern.startsWith("^data:image/"))
    return "must be a data URL (data:image/…;base64,…), not bare base64";
  return `must match ${pattern}`;
}

/** `/image_urls/1` becomes `image_urls[1]`; the body as a whole has no field. */
function fieldDetail(instancePath: string, property?: string): { field?: string } {
  const tokens = instancePath
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (property !== undefined) tokens.push(property);
  const field = tokens.reduce((path, token) => {
    if (/^\d+$/.test(token)) return `${path}[${token}]`;
    return path === "" ? token : `${path}.${token}`;
  }, "");
  return field === "" ? {} : { field };
}
