import type { Bytes } from "../wrappers/bytes.js";
import { PikzelsError } from "../wrappers/errors/pikzels-error.js";
import type { Fetch } from "../transport/fetch.js";
import { chunksOf } from "../transport/read-body.js";
import { quietly } from "../transport/quietly.js";
import { connectionError, expiredError, unexpectedError } from "./download-errors.js";
import { checkedAddress } from "./image-address.js";
import { imageMediaType, SIGNATURE_BYTES, type ImageMediaType } from "./media-type.js";

/** An image on its way. */
export interface IncomingImage {
  /** What it is by its bytes. */
  mediaType: ImageMediaType;
  /** How long it claims to be. */
  totalBytes: number | undefined;
  chunks: AsyncIterable<Bytes>;
}

export interface ImageRequest {
  fetch: Fetch;
  url: URL;
  maxBytes: number;
  signal: AbortSignal;
}

/** Fetches an image once, hands it to `save` as it comes, and lets go of the connection. */
export async function openImage<Saved>(
  request: ImageRequest,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  const { url } = request;
  const response = await follow(request);
  const chunks = reading(request, response);
  try {
    // A signed address that has run out is forbidden, or is gone, depending on the store.
    if ([403, 404, 410].includes(response.status)) throw expiredError(url, response);
    if (!response.ok) throw unexpectedError(url, response, `${response.status}`);
    const head = await firstOf(chunks);
    const mediaType = imageMediaType(head);
    if (!mediaType) throw unexpectedError(url, response, "what came is no image");
    const totalBytes = Number(response.headers.get("content-length")) || undefined;
    return await save({ mediaType, totalBytes, chunks: inOrder(head, chunks) });
  } finally {
    await chunks.return();
    if (!response.body?.locked) letGo(response);
  }
}

const MAX_REDIRECTS = 5;

/** Sends the request, and follows redirects by hand: each to an address that is safe to reach. */
async function follow({ fetch, url, signal }: ImageRequest): Promise<Response> {
  for (let at = url, redirects = 0; ; redirects++) {
    const init = { method: "GET", headers: {}, redirect: "manual", signal } as const;
    const response = await fetch(at.href, init).catch((cause: unknown) => {
      throw connectionError(url, cause);
    });
    const to = response.headers.get("location");
    if (!to || response.status < 300 || response.status > 399) return response;
    letGo(response);
    if (redirects === MAX_REDIRECTS) throw unexpectedError(url, response, "too many redirects");
    at = checkedAddress(to, at);
  }
}

/** Not waited for: a stream of somebody else's may take its time. */
function letGo({ body }: Response): void {
  void quietly(() => body?.cancel());
}

async function* reading({ url, maxBytes, signal }: ImageRequest, response: Response) {
  const tooLong = () => unexpectedError(url, response, `longer than ${maxBytes} bytes`);
  try {
    yield* chunksOf(response, { maxBytes, tooLong, signal });
  } catch (error) {
    throw error instanceof PikzelsError ? error : connectionError(url, error);
  }
}

/** Enough of the beginning to tell an image by. */
async function firstOf(chunks: AsyncGenerator<Bytes, void>): Promise<Bytes> {
  let head = new Uint8Array();
  while (head.length < SIGNATURE_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    const longer = new Uint8Array(head.length + value.length);
    longer.set(head);
    longer.set(value, head.length);
    head = longer;
  }
  return head;
}

async function* inOrder(head: Bytes, rest: AsyncIterable<Bytes>) {
  yield head;
  yield* rest;
}
