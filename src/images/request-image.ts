import type { Bytes, Fetch } from "../transport/fetch.js";
import { PikzelsError, PikzelsInputError } from "../wrappers/errors/classes.js";
import { isSafeToReach } from "../wrappers/base-url.js";
import { ignoreErrors } from "../transport/abort.js";
import { readChunks } from "../transport/response.js";
import { connectionError, expiredError, unexpectedError } from "./download-errors.js";
import { imageMediaType, SIGNATURE_BYTES, type ImageMediaType } from "./media-type.js";

/** An image whose first bytes have arrived. */
export interface IncomingImage {
  /** The type by its bytes, whatever the response claims. */
  mediaType: ImageMediaType;
  /** The size that the response claims. */
  totalBytes: number | undefined;
  chunks: AsyncIterable<Bytes>;
}

interface ImageRequest {
  fetch: Fetch;
  url: URL;
  maxBytes: number;
  signal: AbortSignal;
}

/** Requests an image once, passes it to `save` as it arrives, and releases the connection. */
export async function requestImage<Saved>(
  request: ImageRequest,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  const { url } = request;
  const response = await followRedirects(request);
  const chunks = readBody(request, response);
  try {
    // An expired signed address answers 403, 404 or 410, depending on the store behind it.
    if ([403, 404, 410].includes(response.status)) throw expiredError(url, response);
    if (!response.ok) throw unexpectedError(url, response, `${response.status}`);
    const head = await readHead(chunks);
    const mediaType = imageMediaType(head);
    if (!mediaType) throw unexpectedError(url, response, "the response is not an image");
    const totalBytes = Number(response.headers.get("content-length")) || undefined;
    return await save({ mediaType, totalBytes, chunks: concat(head, chunks) });
  } finally {
    await chunks.return();
    if (!response.body?.locked) discardBody(response);
  }
}

const MAX_REDIRECTS = 5;

/** Sends the request and follows redirects itself, so that each address is checked first. */
async function followRedirects({ fetch, url, signal }: ImageRequest): Promise<Response> {
  for (let at = url, redirects = 0; ; redirects++) {
    const init = { method: "GET", headers: {}, redirect: "manual", signal } as const;
    const response = await fetch(at.href, init).catch((cause: unknown) => {
      throw connectionError(url, cause);
    });
    const location = response.headers.get("location");
    if (!location || response.status < 300 || response.status > 399) return response;
    discardBody(response);
    if (redirects === MAX_REDIRECTS) throw unexpectedError(url, response, "too many redirects");
    at = imageUrl(location, at);
  }
}

/** @throws {PikzelsInputError} if the address is not a URL, or would be reached unencrypted. */
export function imageUrl(address: unknown, base?: URL): URL {
  if (typeof address === "string" && URL.canParse(address, base)) {
    const url = new URL(address, base);
    if (isSafeToReach(url)) return url;
  }
  throw new PikzelsInputError("Images are only downloaded from https addresses.");
}

/** Does not wait: a stream that a custom `fetch` returned may take its time. */
function discardBody({ body }: Response): void {
  void ignoreErrors(() => body?.cancel());
}

async function* readBody({ url, maxBytes, signal }: ImageRequest, response: Response) {
  const tooLong = () => unexpectedError(url, response, `longer than ${maxBytes} bytes`);
  try {
    yield* readChunks(response, { maxBytes, tooLong, signal });
  } catch (error) {
    throw error instanceof PikzelsError ? error : connectionError(url, error);
  }
}

/** Reads at least as many bytes as the type can be recognized from, if there are as many. */
async function readHead(chunks: AsyncGenerator<Bytes, void>): Promise<Bytes> {
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

async function* concat(head: Bytes, rest: AsyncIterable<Bytes>) {
  yield head;
  yield* rest;
}
