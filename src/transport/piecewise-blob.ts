import type { Bytes } from "../wrappers/bytes.js";
import type { JsonPiece } from "../wrappers/json-body.js";
import { isNode } from "../wrappers/options/environment.js";

/** Bytes that are made at a time while sending: few, or those sent would pile up as garbage. */
const SENT_AT_ONCE = 2 * 1024;

/** Bytes that are put into a Blob at a time. */
const KEPT_AT_ONCE = 64 * 1024;

/** A body in pieces as a Blob, made with little memory besides. */
export function blobOf(pieces: readonly JsonPiece[]): Blob {
  return isNode() ? new PiecewiseBlob(pieces) : wholeBlob(pieces);
}

/** Of a string, `new Blob([text])` makes another copy on the way. */
function wholeBlob(pieces: readonly JsonPiece[]): Blob {
  return new Blob(Array.from(slicesOf(pieces, KEPT_AT_ONCE), (slice) => new Blob([slice])));
}

/**
 * A Blob whose bytes are made while they are sent. Node's `fetch` asks a Blob for its `size` and its
 * `stream()` alone; on other platforms it takes the bytes from within, where this one has none.
 */
class PiecewiseBlob extends Blob {
  readonly #pieces: readonly JsonPiece[];

  constructor(pieces: readonly JsonPiece[]) {
    super();
    this.#pieces = pieces;
  }

  override get size(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  override stream(): ReadableStream<Bytes> {
    const slices = slicesOf(this.#pieces, SENT_AT_ONCE);
    const pull = (controller: ReadableStreamDefaultController<Bytes>) => {
      const { done, value } = slices.next();
      if (done) controller.close();
      else controller.enqueue(value);
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  }

  // For a `fetch` that somebody has put before Node's, and whatever it does with a body.
  override arrayBuffer(): Promise<ArrayBuffer> {
    return wholeBlob(this.#pieces).arrayBuffer();
  }

  override async bytes(): Promise<Bytes> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override text(): Promise<string> {
    return wholeBlob(this.#pieces).text();
  }

  override slice(...range: Parameters<Blob["slice"]>): Blob {
    return wholeBlob(this.#pieces).slice(...range);
  }
}

function* slicesOf(pieces: readonly JsonPiece[], length: number): Generator<Bytes, undefined> {
  const encoder = new TextEncoder();
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += length) {
      const slice = piece.slice(at, at + length);
      yield typeof slice === "string" ? encoder.encode(slice) : slice;
    }
  }
}
