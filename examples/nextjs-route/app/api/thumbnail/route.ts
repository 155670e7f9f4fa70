import { createPikzels, isPikzelsApiError, isPikzelsError, type Pikzels } from "pikzels-client";

/**
 * A generation takes one to three minutes; platforms that host Next.js stop a handler much earlier.
 */
export const maxDuration = 300;

let pikzels: Pikzels | undefined;

/** Generates a thumbnail: `POST { "prompt": "…" }` returns `{ "output": "https://…" }`. */
export async function POST(request: Request): Promise<Response> {
  const prompt = await promptOf(request);
  if (prompt === undefined) return refuse(400, "Send a prompt.");
  // Not at module level: `next build` loads the module too, without a key.
  pikzels ??= createPikzels();
  try {
    const { output } = await pikzels.thumbnails.fromText(
      { prompt, model: "pkz_4_5", format: "16:9" },
      { signal: request.signal },
    );
    return Response.json({ output });
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    // The visitor only provides the prompt, so a 400 can only be about that.
    if (isPikzelsApiError(error) && error.status === 400)
      return refuse(400, "The prompt won't do.");
    // The visitor need not know the reason: it is our balance, our key or the service.
    console.error(error.message);
    // After "unknown", a visitor who tries again may make us pay again.
    return error.outcome === "unknown"
      ? refuse(502, "We don't know yet whether it worked.")
      : refuse(503, "Try again later.");
  }
}

async function promptOf(request: Request): Promise<string | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || !("prompt" in body)) return undefined;
  return typeof body.prompt === "string" && body.prompt ? body.prompt : undefined;
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
