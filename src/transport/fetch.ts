/** What the client passes to `fetch`; a subset that every implementation of it understands. */
export interface FetchInit {
  /** In upper case. */
  method: string;
  /** Names in lower case. Holds the key: not for logs. */
  headers: Record<string, string>;
  /** JSON, left out where the operation takes no body; a Blob where images are in it, to be sent in pieces. */
  body?: string | Blob;
  /** A redirect is answered with an error, so that the key goes nowhere else. */
  redirect: "manual";
  /** Aborts with the call, or when its time is up. */
  signal: AbortSignal;
}

/** What sends the requests: the global `fetch`, undici's, or one of your own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
