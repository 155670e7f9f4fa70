/** What the client passes to `fetch`; a subset that every implementation of it understands. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  /** JSON; a Blob where images are in it, so that it can be sent in pieces. */
  body?: string | Blob;
  redirect: "manual";
  signal: AbortSignal;
}

/** What sends the requests: the global `fetch`, undici's, or one of your own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
