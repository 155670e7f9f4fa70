import type { OperationFacts } from "../generated/operations.js";
import { isObject } from "../openapi/json.js";
import { isJsonType } from "../openapi/media-types.js";
import { copyForeignError } from "../transport/connection.js";
import type { RequestBody } from "../transport/fetch.js";
import { PikzelsInputError } from "./errors/classes.js";
import { checkImageSources } from "./image-source.js";
import { toLine } from "./redact.js";
import { isBlob, tagOf } from "./validate.js";

/** A request body as it is sent, captured: later changes by the caller have no effect. */
export interface EncodedBody {
  body: RequestBody | undefined;
  /** `undefined` if there is no body, or if the platform has to set it, as for a form. */
  contentType: string | undefined;
}

/** @throws {PikzelsInputError} if a body is missing, or breaks a rule of the document. */
export function checkBody(facts: OperationFacts, value: unknown): void {
  if (!facts.body) return;
  if (value === undefined) {
    if (facts.body.required) throw new PikzelsInputError("The request body is missing.");
  } else if (isJsonType(facts.body.mediaType)) {
    readCarefully(() => {
      checkImageSources(facts, value);
    });
  }
}

/**
 * Encodes a body in the media type that the operation takes.
 *
 * @throws {PikzelsInputError} if it cannot be written so.
 */
export function encodeBody({ body: content }: OperationFacts, value: unknown): EncodedBody {
  if (!content || value === undefined) return { body: undefined, contentType: undefined };
  const { mediaType } = content;
  if (isJsonType(mediaType)) return { body: toJson(value), contentType: mediaType };
  if (mediaType.startsWith("multipart/")) return { body: toForm(value), contentType: undefined };
  if (mediaType.includes("form-urlencoded")) {
    return { body: toSearchParams(value).toString(), contentType: mediaType };
  }
  return { body: toBytes(value, mediaType), contentType: mediaType };
}

/** @throws {PikzelsInputError} if something in it would get lost. */
export function toJson(value: unknown): string {
  return readCarefully(() => JSON.stringify(value, refuseLoss));
}

/** A replacer for `JSON.stringify`, which would omit or empty such a value, or write null. */
function refuseLoss(name: string, value: unknown): unknown {
  if (!isLostInJson(value)) return value;
  const where = name ? toLine(name, 50) : "it";
  const what = typeof value === "number" ? value : tagOf(value);
  throw new PikzelsInputError(
    `The request body cannot be written as JSON: ${where} is a value that JSON would lose (${what}). Convert it to plain data first.`,
  );
}

function isLostInJson(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (isObject(value)) return holdsItsDataElsewhere(value);
  return typeof value === "function" || typeof value === "symbol";
}

/** Whether no property has what an object holds: a Map, a Promise, an object with private fields. */
function holdsItsDataElsewhere(value: object): boolean {
  const isPlain = [value, Object.getPrototypeOf(value)].some(isRoot);
  const isBoxed = /^(String|Number|Boolean|BigInt)$/.test(tagOf(value));
  return !isPlain && !isBoxed && Object.keys(value).length === 0;
}

/** Whether nothing is inherited from; in any realm, `Object.prototype` is such an object. */
function isRoot(value: unknown): boolean {
  return Object.getPrototypeOf(value) === null;
}

/** Getters and `toJSON` of a body run code of others, whose errors may hold anything. */
function readCarefully<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof PikzelsInputError) throw error;
    throw new PikzelsInputError("The request body cannot be written as JSON.", {
      cause: copyForeignError(error, ""),
    });
  }
}

export function isFormData(value: unknown): value is FormData {
  return tagOf(value) === "FormData";
}

/**
 * Copies a form, or builds one from an object: a part for each field, and for each item of a list.
 */
function toForm(value: unknown): FormData {
  const form = new FormData();
  if (isFormData(value)) {
    for (const [name, part] of value) form.append(name, part);
    return form;
  }
  for (const [name, parts] of fieldsOf(value)) {
    for (const part of listOf(parts)) {
      if (isBlob(part)) form.append(name, part);
      else form.append(name, isObject(part) ? jsonPart(part) : String(part));
    }
  }
  return form;
}

/** An object in a form is JSON, says OpenAPI 3.1 ("Special Considerations for multipart Content"). */
function jsonPart(value: unknown): Blob {
  return new Blob([toJson(value)], { type: "application/json" });
}

export function toSearchParams(value: unknown): URLSearchParams {
  if (tagOf(value) === "URLSearchParams") return value as URLSearchParams;
  const entries = fieldsOf(value).flatMap(([name, items]) =>
    listOf(items).map((item) => [name, isObject(item) ? toJson(item) : String(item)]),
  );
  return new URLSearchParams(entries);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function fieldsOf(value: unknown): [string, unknown][] {
  if (!isObject(value)) throw new PikzelsInputError("The request body must be an object.");
  refuseLoss("", value);
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function toBytes(value: unknown, mediaType: string): RequestBody {
  if (typeof value === "string" || isBlob(value)) return value;
  if (tagOf(value) === "ArrayBuffer" || ArrayBuffer.isView(value)) {
    // A Blob copies what it is made of.
    return new Blob([value as ArrayBuffer], { type: mediaType });
  }
  throw new PikzelsInputError(
    `The request body must be text, a Blob, an ArrayBuffer or a Uint8Array (${mediaType}).`,
  );
}
