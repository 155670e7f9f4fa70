import { ignoreErrors } from "../transport/abort.js";
import { fetchResponse, type Bytes, type Fetch } from "../transport/fetch.js";
import { readChunks } from "../transport/body.js";
import { isInstance } from "../transport/connection.js";
import { isSuccess } from "../transport/response.js";
import { PikzelsError } from "../wrappers/errors/classes.js";
import { redirectProblem } from "./address.js";
import { connectionError, expiredError, unexpectedError } from "./download-errors.js";
import { imageMediaType, SIGNATURE_BYTES, type ImageMediaType } from "./media-type.js";

/** An image whose first bytes have arrived. */
export interface IncomingImage {
  /** The type that its bytes show, whatever the response claims. */
  mediaType: ImageMediaType;
  /** The size that the response claims. */
  totalBytes: number | undefined;
  /** Throws if the image does not arrive whole. */
  chunks: AsyncIterable<Bytes>;
  /** The address it was downloaded from. */
  url: string;
  /** Aborts when the download does. */
  signal: AbortSignal;
}

/** One request for an image. */
export interface ImageRequest {
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
  const { url, signal } = request;
  const response = await followRedirects(request);
  const totalBytes = lengthOf(response);
  const chunks = readBody(request, response, totalBytes);
  try {
    // An expired signed address answers 403, 404 or 410, depending on the object store.
    if ([403, 404, 410].includes(response.status)) throw expiredError(url, response);
    if (!isSuccess(response.status)) throw unexpectedError(url, response, `${response.status}`);
    // No range was requested, so a 206 is not the whole image.
    if (response.status === 206) throw unexpectedError(url, response, "206, a part of the image");
    const head = await readHead(chunks);
    const mediaType = imageMediaType(head);
    if (!mediaType) throw unexpectedError(url, response, "the response is not an image");
    return await save({
      mediaType,
      totalBytes,
      chunks: concat(head, chunks),
      url: url.href,
      signal,
    });
  } finally {
    // Not awaited: a stream from a custom `fetch` may take its time to cancel.
    void ignoreErrors(() => chunks.return());
    discardBody(response);
  }
}

/**
 * The length that the response claims; `undefined` if it claims none, or that of a compressed body,
 * which arrives decompressed.
 */
function lengthOf({ headers }: Response): number | undefined {
  const isCompressed = !/^(identity)?$/i.test(headers.get("content-encoding") ?? "");
  return isCompressed ? undefined : Number(headers.get("content-length")) || undefined;
}

const MAX_REDIRECTS = 5;

/** Sends the request and follows redirects itself, so that each address is checked first. */
async function followRedirects({ fetch, url, signal }: ImageRequest): Promise<Response> {
  const send: Fetch = async (address, init) => {
    const response = await fetchResponse(fetch, address, init);
    const headers = response.headers as Partial<Headers> | undefined;
    if (typeof headers?.get === "function") return response;
    throw new TypeError("fetch resolved to a response without headers");
  };
  for (let at = url, redirects = 0; ; redirects++) {
    const init = { method: "GET", headers: {}, redirect: "manual", signal } as const;
    const response = await send(at.href, init).catch((cause: unknown) => {
      throw connectionError(url, cause);
    });
    const { status } = response;
    const location = response.headers.get("location");
    if (!location || status < 300 || status > 399) return response;
    discardBody(response);
    if (redirects === MAX_REDIRECTS) throw unexpectedError(url, response, "too many redirects");
    const next = URL.canParse(location, at) ? new URL(location, at) : undefined;
    const problem = next ? redirectProblem(at, next) : "to no address";
    if (!next || problem) {
      throw unexpectedError(url, response, `${status}, a redirect ${problem ?? ""}; not followed`);
    }
    at = next;
  }
}

/** Also releases bodies that are Node streams, such as those of node-fetch. */
function discardBody(response: Response): void {
  const body = response.body as (Partial<ReadableStream> & { destroy?: () => void }) | null;
  if (!body?.locked) void ignoreErrors(() => body?.cancel?.() ?? body?.destroy?.());
}

/** Reads the body to its end, and throws if it ends before its length. */
async function* readBody(
  { url, maxBytes, signal }: ImageRequest,
  response: Response,
  totalBytes = 0,
): AsyncGenerator<Bytes, void> {
  const tooLong = () => unexpectedError(url, response, `longer than ${maxBytes} bytes`);
  let receivedBytes = 0;
  try {
    for await (const chunk of readChunks(response, { maxBytes, tooLong, signal })) {
      receivedBytes += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw isInstance(error, PikzelsError) ? error : connectionError(url, error);
  }
  // The platform would have noticed, but a stream that wraps its body may hide it. More bytes than
  // announced are not an error: a proxy may have decompressed the body and kept its length.
  if (receivedBytes < totalBytes) {
    throw connectionError(url, new Error(`It ended after ${receivedBytes} of ${totalBytes} bytes`));
  }
}

/** Reads at least enough bytes to recognize the type, or all of them if there are fewer. */
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
