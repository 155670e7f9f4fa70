import { isObject, type JsonObject } from "../../openapi/json.js";
import { coversMediaType, isJsonType, essenceOf } from "../../openapi/media-types.js";
import { typesOf } from "../document/schema-reading.js";
import type { MediaType, Operation } from "../document/operations.js";
import { propertySchemas } from "../document/property-schemas.js";
import { valueAt } from "../../openapi/pointer.js";
import { isNestedTooDeeply, MAX_LEVELS } from "./nesting.js";
import { coerce } from "./parameters.js";
import { validationError, type Refusal } from "./refusal.js";

/** A request body, parsed according to its media type. */
export interface ParsedBody {
  /** `undefined` if there was none. Files of a form are in it as text, a character for each byte. */
  value: unknown;
  /** The media type of the document that it was sent as. */
  media: MediaType | undefined;
  /** The files of a form. */
  files: File[];
}

/**
 * More values than any genuine body has; parsing more would take seconds and hundreds of megabytes.
 */
const MAX_VALUES = 200_000;

/**
 * Reads a request body as one of the media types that its operation takes.
 *
 * @throws {Refusal} `VALIDATION_ERROR` for another media type, or if it cannot be read as that.
 */
export async function parseBody(
  document: JsonObject,
  { body }: Operation,
  bytes: Buffer,
  contentType: string,
): Promise<ParsedBody> {
  const content = body?.content ?? [];
  if (bytes.length === 0 || content.length === 0)
    return { value: undefined, media: content[0], files: [] };
  const sent = essenceOf(contentType);
  const media = mediaTypeFor(content, sent);
  if (!media) {
    const taken = content.map(({ name }) => name).join(" or ");
    throw invalidBody(`it must be sent as ${taken}, not ${sent === "" ? "without a type" : sent}`);
  }
  if (isJsonType(sent)) return { value: parseJson(bytes), media, files: [] };
  if (/^multipart\/|^application\/x-www-form-urlencoded$/.test(sent))
    return { media, ...(await parseForm(document, media, bytes, contentType)) };
  return { value: bytes.toString(sent.startsWith("text/") ? "utf8" : "latin1"), media, files: [] };
}

/** The most specific of the media types and ranges that cover the sent one (OpenAPI 3.1.1, `content`). */
function mediaTypeFor(content: readonly MediaType[], sent: string): MediaType | undefined {
  const covering = content.filter(({ name }) => coversMediaType(name, sent));
  const json = content.find(({ name }) => name === "application/json" && isJsonType(sent));
  return (
    covering.find(({ name }) => name === sent) ??
    json ??
    covering.find(({ name }) => name !== "*/*") ??
    covering[0]
  );
}

function parseJson(bytes: Buffer): unknown {
  if (hasMoreValuesThan(bytes, MAX_VALUES))
    throw invalidBody(`it has more than ${MAX_VALUES} values`);
  const value = decodeJson(bytes);
  if (isNestedTooDeeply(value))
    throw invalidBody(`it is nested more than ${MAX_LEVELS} levels deep`);
  return value;
}

function decodeJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw invalidBody("it is not JSON in UTF-8");
  }
}

/** Counts what separates values, without parsing: commas and opening brackets. */
function hasMoreValuesThan(bytes: Buffer, limit: number): boolean {
  let count = 0;
  for (const separator of [",", "[", "{"]) {
    for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, at + 1))
      if (++count > limit) return true;
  }
  return false;
}

/** The fields of a form, each as the type that its schema wants. */
async function parseForm(
  document: JsonObject,
  { pointer }: MediaType,
  bytes: Buffer,
  contentType: string,
): Promise<{ value: JsonObject; files: File[] }> {
  const form = await readForm(bytes, contentType);
  const schemas = propertySchemas(
    document,
    pointer === undefined ? {} : valueAt(document, pointer),
  );
  const files: File[] = [];
  const value: JsonObject = {};
  for (const name of new Set(form.keys())) {
    const schema = schemas.get(name) ?? {};
    const isList = typesOf(schema).includes("array");
    const entries = await Promise.all(
      form.getAll(name).map(async (entry) => {
        // An object is a part in JSON.
        if (typeof entry === "string" || entry.type.endsWith("json")) {
          const text = typeof entry === "string" ? entry : await entry.text();
          return coerce(document, isList && !text.startsWith("[") ? schema["items"] : schema, text);
        }
        files.push(entry);
        return Buffer.from(await entry.arrayBuffer()).toString("latin1");
      }),
    );
    value[name] = isList ? entries.flat() : entries.length > 1 ? entries : entries[0];
  }
  return { value, files };
}

async function readForm(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    const body = new Uint8Array(bytes);
    return await new Response(body, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw invalidBody("it is not a form");
  }
}

function invalidBody(reason: string): Refusal {
  return validationError({ message: `Provide a valid body: ${reason}` });
}

/** The fields of a body; none for a body that is not an object. */
export function fieldsOf(body: unknown): JsonObject {
  return isObject(body) ? body : {};
}
