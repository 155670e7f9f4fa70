import { isNode } from "../wrappers/environment.js";
import { isIdempotent } from "./retry.js";

/**
 * Bytes that own their memory, which is what a `Blob` takes.
 *
 * Spelled so because `Uint8Array` has a type argument only since TypeScript 5.7, and older compilers
 * read these declarations too.
 */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/**
 * A body that can be sent any number of times: a string, or something the platform can read again.
 */
export type RequestBody = string | Blob | FormData | URLSearchParams | ArrayBuffer;

/** What the client passes to `fetch`; a subset that every implementation of it understands. */
export interface FetchInit {
  /** In upper case. */
  method: string;
  /** Names in lower case. Holds the key: never log it. */
  headers: Record<string, string>;
  /** A JSON body is a string. Absent if the operation takes no body. */
  body?: RequestBody;
  /** Redirects are not followed, so that the key goes nowhere else. */
  redirect: "manual";
  /** Aborts with the call, or when its time is up. */
  signal: AbortSignal;
}

/**
 * Sends the requests: the global `fetch`, undici's, or one of your own. It must not send a request
 * twice on its own; the client can only ensure that for the platform's `fetch`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/**
 * Sends a request with a `fetch` that may be the caller's: it may throw before it returns a promise,
 * or resolve to anything.
 */
export async function fetchResponse(fetch: Fetch, url: string, init: FetchInit): Promise<Response> {
  const response = (await fetch(url, init)) as Partial<Response> | null | undefined;
  if (typeof response?.status === "number") return response as Response;
  throw new TypeError("fetch resolved to no response");
}

/**
 * Thrown instead of the platform's error, its `cause`, if the platform had not begun to read the
 * body.
 */
export class BodyUnreadError extends Error {}

const platformFetch = globalThis.fetch as typeof fetch | undefined;

/**
 * The `fetch` option, or else the platform's `fetch`, which is looked up at each call, because tests and
 * tracers replace it at any time. The platform's is kept from repeating requests in either case.
 */
export function fetchFor(option: Fetch | undefined): Fetch {
  if (option === undefined) return globalFetch;
  return option === platformFetch ? (url, init) => fetchOnce(platformFetch, url, init) : option;
}

export const globalFetch: Fetch = (url, init) => fetchOnce(globalThis.fetch, url, init);

/**
 * Sends a request, and keeps the platform from sending it of its own accord a second time.
 *
 * Platforms repeat a request when a reused connection breaks, or after a 421, even if the service has
 * read and billed the first. Each platform is stopped in the way that its documentation offers:
 *
 * - Deno repeats over reused connections only, so a client without idle connections sends it
 *   (https://docs.deno.com/api/deno/~/Deno.CreateHttpClientOptions).
 * - Node repeats after a 421, unless the body is a stream: its source is null, and such a body cannot be
 *   sent again (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, the step on 421).
 * - Bun and workerd repeat nothing. Browsers repeat over HTTP/1.1 and offer no way to stop them.
 *
 * `npm run test:consumers` counts the requests that arrive.
 */
async function fetchOnce(
  fetch: typeof globalThis.fetch,
  url: string,
  init: FetchInit,
): Promise<Response> {
  if (isIdempotent(init.method)) return fetch(url, init);
  const { Deno } = globalThis as { Deno?: DenoHttp };
  if (Deno?.createHttpClient) return fetchOnDeno(fetch, Deno.createHttpClient, url, init);
  // A replaced `fetch` gets the body as it is.
  const isReplaced = fetch !== platformFetch;
  return isNode() && !isReplaced ? fetchOnNode(fetch, url, init) : fetch(url, init);
}

interface DenoHttp {
  createHttpClient?: (options: { poolMaxIdlePerHost: number }) => { close: () => void };
}

async function fetchOnDeno(
  fetch: typeof globalThis.fetch,
  createHttpClient: NonNullable<DenoHttp["createHttpClient"]>,
  url: string,
  init: FetchInit,
): Promise<Response> {
  const client = createHttpClient({ poolMaxIdlePerHost: 0 });
  try {
    return await fetch(url, { ...init, client } as RequestInit);
  } finally {
    // The response keeps its connection. Deno's tests report an open client as a leak.
    client.close();
  }
}

/** The bytes of a body, and the media type that `fetch` would give it if the headers name none. */
async function encode(body: RequestBody): Promise<{ bytes: Bytes; mediaType: string | null }> {
  // The same as below, but without its copies of a body that contains images.
  if (typeof body === "string")
    return { bytes: new TextEncoder().encode(body), mediaType: "text/plain;charset=UTF-8" };
  const encoded = new Response(body);
  const bytes = new Uint8Array(await encoded.arrayBuffer());
  return { bytes, mediaType: encoded.headers.get("content-type") };
}

/** Sends the body as a stream of one chunk, with the `Content-Length` that a stream lacks. */
async function fetchOnNode(
  fetch: typeof globalThis.fetch,
  url: string,
  { body, headers, ...init }: FetchInit,
): Promise<Response> {
  if (body === undefined) return fetch(url, { headers, ...init });
  const { bytes, mediaType } = await encode(body);
  const reading = { hasBegun: false };
  const stream = new ReadableStream({
    // Node reads a stream of bytes faster, and reads nothing ahead: a body that was not pulled was not
    // sent.
    type: "bytes",
    pull: (controller) => {
      reading.hasBegun = true;
      // Such a stream takes no empty chunks.
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  try {
    return await fetch(url, {
      ...init,
      headers: {
        ...(mediaType && { "content-type": mediaType }),
        ...headers,
        "content-length": String(bytes.byteLength),
      },
      body: stream,
      duplex: "half",
    } as RequestInit);
  } catch (error) {
    if (reading.hasBegun || init.signal.aborted) throw error;
    throw new BodyUnreadError("The body was not read", { cause: error });
  }
}
