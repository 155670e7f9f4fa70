import { patternMatches } from "../../lib/pattern-matches.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { presenceOfObject, type PresenceRule } from "../presence/index.js";

/** What a body field that carries an image source must look like. */
interface ImageField {
  pattern: string;
  /** Only for a list, and for every list: 0 if the document sets no bound. */
  minItems?: number;
  maxItems?: number;
}

/** What the client checks in a request body before sending it. */
export interface BodyFacts {
  rules?: PresenceRule[];
  images?: Record<string, ImageField>;
}

/**
 * Reads from a body's schema how its fields depend on each other, and which of them carry images.
 */
export function bodyFacts(document: JsonObject, schema: unknown): BodyFacts {
  const { rules, fields } = presenceOfObject(document, schema);
  const images = [...fields].flatMap(([field, schemas]) => {
    const found = schemas.flatMap((one) => imageField(document, dereference(document, one)) ?? []);
    return found[0] ? [[field, found[0]] as const] : [];
  });
  return {
    ...(rules.length > 0 ? { rules } : {}),
    ...(images.length > 0 ? { images: Object.fromEntries(images) } : {}),
  };
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

/** Decided by trial: such a pattern accepts an https address or a data URL, and no other text. */
function demandsImageSource(pattern: string): boolean {
  const accepts = (text: string) => patternMatches(pattern, text);
  return IMAGE_SOURCES.some(accepts) && !OTHER_TEXTS.some(accepts);
}
