import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";
import { presenceOfFields, type PresenceRule } from "./presence/index.js";

/** What a body field that carries an image source must look like. */
interface ImageField {
  pattern: string;
  /** Only of a list, and of each list: 0 where the document gives no bound. */
  minItems?: number;
  maxItems?: number;
}

/** What the client checks of a request body before it sends it. */
export interface BodyFacts {
  rules?: PresenceRule[];
  images?: Record<string, ImageField>;
}

/** Reads off a body's schema, through `$ref` and `allOf`, what its fields demand of each other. */
export function bodyFacts(document: JsonObject, schema: unknown): BodyFacts {
  const parts = partsOf(document, schema);
  const rules = parts.flatMap((part) => presenceOfFields(document, part).rules);
  const images = parts
    .flatMap((part) => Object.entries(objectAt(part, "properties")))
    .flatMap(([field, value]) => {
      const image = imageField(document, dereference(document, value));
      return image ? [[field, image] as const] : [];
    });
  return {
    ...(rules.length > 0 ? { rules: withoutRepeats(rules) } : {}),
    ...(images.length > 0 ? { images: Object.fromEntries(images) } : {}),
  };
}

/** A schema and every schema that must hold with it. */
function partsOf(
  document: JsonObject,
  schema: unknown,
  visited = new Set<JsonObject>(),
): JsonObject[] {
  const part = dereference(document, schema);
  if (visited.has(part)) return [];
  visited.add(part);
  const { rest } = presenceOfFields(document, part);
  const members: unknown[] = Array.isArray(rest["allOf"]) ? rest["allOf"] : [];
  return [part, ...members.flatMap((member) => partsOf(document, member, visited))];
}

function imageField(document: JsonObject, schema: JsonObject): ImageField | undefined {
  const { items, minItems = 0, maxItems } = schema;
  const isList = isObject(items);
  const { pattern } = isList ? dereference(document, items) : schema;
  if (typeof pattern !== "string" || !demandsImageSource(pattern)) return undefined;
  return {
    pattern,
    ...(isList && typeof minItems === "number" ? { minItems } : {}),
    ...(isList && typeof maxItems === "number" ? { maxItems } : {}),
  };
}

const IMAGE_SOURCES = ["https://example.com/image.png", "data:image/png;base64,iVBORw0KGgo="];
const OTHER_TEXTS = ["image", "image.png", "iVBORw0KGgo=", "file:///image.png"];

/** Tells by trying: such a pattern lets an https address or a data URL through, and no other text. */
function demandsImageSource(pattern: string): boolean {
  try {
    const expression = new RegExp(pattern, "u");
    const accepts = (text: string) => expression.test(text);
    return IMAGE_SOURCES.some(accepts) && !OTHER_TEXTS.some(accepts);
  } catch {
    return false; // Not a regular expression: nothing that the client could check.
  }
}

function withoutRepeats(rules: PresenceRule[]): PresenceRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
