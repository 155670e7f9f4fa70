import type { Bytes } from "./bytes.js";
import { PikzelsInputError } from "./errors/input-error.js";

/** A request body as JSON: in one piece, or in several where images are in it. */
export type JsonBody = string | readonly JsonPiece[];

/** Text in UTF-8, or an image as it came: a string of one byte a character. */
export type JsonPiece = Bytes | string;

/** Characters from which on a string is a piece of its own: it is an image. */
const LONG = 64 * 1024;

/** What JSON would not write as it is, or in more than a byte. */
const NOT_PLAIN = /[^ !#-[\]-~]/;

/**
 * Writes a request body as JSON, without copying the images in it: of a string of 40 MB the engine
 * and `fetch` would make several copies, and keep them until the answer comes.
 *
 * @throws {PikzelsInputError} for what JSON cannot hold.
 */
export function jsonBody(body: unknown): JsonBody {
  const images: string[] = [];
  let mark = "";
  const text = stringify(body, (value) => {
    if (typeof value !== "string" || value.length < LONG || NOT_PLAIN.test(value)) return value;
    images.push(value);
    // Nobody can guess what stands for the images, so that no text of a caller is taken for one.
    return (mark ||= crypto.getRandomValues(new Uint32Array(4)).join("-"));
  });
  if (images.length === 0) return text;
  const encoder = new TextEncoder();
  return text
    .split(mark)
    .flatMap((between, at) => [encoder.encode(between), ...images.slice(at, at + 1)]);
}

function stringify(body: unknown, replace: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(body, (_name, value) => replace(value));
  } catch (cause) {
    throw new PikzelsInputError("The request body cannot be written as JSON.", { cause });
  }
}
