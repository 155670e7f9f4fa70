/** What the client passes to `fetch`; a subset that every implementation of it understands. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
}

/** What sends the requests: the global `fetch`, undici's, or one of your own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
