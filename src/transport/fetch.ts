/**
 * Bytes that own their memory, which is what a `Blob` takes.
 *
 * Spelled so because `Uint8Array` has a type argument only since TypeScript 5.7, and older compilers
 * read these declarations too.
 */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/** A body that can be sent any number of times: a string, or what the platform can read again. */
export type RequestBody = string | Blob | FormData | URLSearchParams | ArrayBuffer;

/** What the client passes to `fetch`; a subset that every implementation of it understands. */
export interface FetchInit {
  /** In upper case. */
  method: string;
  /** Names in lower case. Holds the key: not for logs. */
  headers: Record<string, string>;
  /** A JSON body is a string. Left out if the operation takes no body. */
  body?: RequestBody;
  /** Redirects are not followed, so that the key goes nowhere else. */
  redirect: "manual";
  /** Aborts with the call, or when its time is up. */
  signal: AbortSignal;
}

/** What sends the requests: the global `fetch`, undici's, or one of your own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** Looked up at each call: tests and tracers replace the global `fetch` at any time. */
export const globalFetch: Fetch = (url, init) => globalThis.fetch(url, init);
