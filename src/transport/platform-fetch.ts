import { isNode } from "../wrappers/options/environment.js";
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
    const answer = answerBehind(error);
    if (answer) return answer;
    throw error;
  }
}

/** What was answered, where Node's `fetch` fails for the answer and not for the connection. */
function answerBehind(error: unknown): Response | undefined {
  const { message, code } = causeOf(error);
  if (message === "unexpected redirect") return Response.error();
  // After a 421 it sends the request once more by itself, for which it has no body any more: a body
  // is never of another length otherwise.
  if (code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") return new Response(null, { status: 421 });
  return undefined;
}

function causeOf(error: unknown): { message?: unknown; code?: unknown } {
  return error instanceof Error && error.cause instanceof Error ? error.cause : {};
}
