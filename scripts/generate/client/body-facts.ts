import { patternMatches } from "../../lib/pattern-matches.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { presenceOfObject, type PresenceRule } from "../presence/index.js";

/** What a body field that carries an image source must look like. */
interface ImageField {
  pattern: string;
  /** Only of a list, and of each list: 0 if the document gives no bound. */
  minItems?: number;
  maxItems?: number;
}

/** What the client checks of a request body before it sends it. */
export interface BodyFacts {
  rules?: PresenceRule[];
  images?: Record<string, ImageField>;
}

/** Reads off a body's schema what its fields demand of each other, and which of them carry images. */
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

/** Tells by trying: such a pattern lets an https address or a data URL through, and no other text. */
function demandsImageSource(pattern: string): boolean {
  const accepts = (text: string) => patternMatches(pattern, text);
  return IMAGE_SOURCES.some(accepts) && !OTHER_TEXTS.some(accepts);
}
