import { PikzelsInputError } from "./errors/input-error.js";

/** Characters from which on a string is sent in pieces: it is an image. */
const LONG = 64 * 1024;

/** What JSON would not write as it is, or in more than a byte. */
const NOT_PLAIN = /[^ !#-[\]-~]/;

/**
 * Writes a request body as JSON: a string, or a Blob where images are in it. Of a string of 40 MB the
 * engine and `fetch` make several copies and keep them until the answer comes; a Blob is made and sent
 * in pieces.
 *
 * @throws {PikzelsInputError} for what JSON cannot hold.
 */
export function jsonBody(body: unknown): string | Blob {
  const images: string[] = [];
  let mark = "";
  const text = stringify(body, (value) => {
    if (typeof value !== "string" || value.length < LONG || NOT_PLAIN.test(value)) return value;
    images.push(value);
    // Nobody can guess what stands for the images, so that no text of a caller is taken for one.
    return (mark ||= crypto.getRandomValues(new Uint32Array(4)).join("-"));
  });
  if (images.length === 0) return text;
  const [start = "", ...between] = text.split(mark);
  return new Blob([start, ...between.flatMap((after, at) => [blobOf(images[at] ?? ""), after])]);
}

function stringify(body: unknown, replace: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(body, (_name, value) => replace(value));
  } catch (cause) {
    throw new PikzelsInputError("The request body cannot be written as JSON.", { cause });
  }
}

/** `new Blob([text])` with a buffer of one piece instead of two of the whole. */
function blobOf(text: string): Blob {
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(LONG);
  const pieces: Blob[] = [];
  for (let at = 0; at < text.length; at += LONG) {
    const { written } = encoder.encodeInto(text.slice(at, at + LONG), buffer);
    pieces.push(new Blob([buffer.subarray(0, written)]));
  }
  return new Blob(pieces);
}
