import type { FetchInit } from "./fetch.js";

/**
 * The `fetch` of the platform, looked up at each call, so that tests and tracers may replace it at any
 * time.
 *
 * Node's own keeps every body a second time for the redirect that may come, followed or not, unless a
 * redirect counts as an error (Fetch standard, HTTP-network-or-cache fetch, step 8). Told so, it sends
 * more calls a second and holds the images of a call once; a redirect is then answered as browsers
 * answer it, with status 0.
 */
export async function platformFetch(url: string, init: FetchInit): Promise<Response> {
  if (init.body === undefined || !isNode()) return globalThis.fetch(url, init);
  try {
    return await globalThis.fetch(url, { ...init, redirect: "error" });
  } catch (error) {
    if (isRefusedRedirect(error)) return Response.error();
    throw error;
  }
}

/** Bun and Deno, which also have a `process`, have another `fetch` and say other things when it fails. */
function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { undici?: string } } };
  return process?.versions?.undici !== undefined;
}

function isRefusedRedirect(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message === "unexpected redirect";
}
