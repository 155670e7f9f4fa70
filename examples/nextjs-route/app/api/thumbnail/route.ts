import { createPikzels, isPikzelsApiError, isPikzelsError, type Pikzels } from "pikzels-client";

/** A generation takes one to three minutes; Next's platforms stop a handler much earlier. */
export const maxDuration = 300;

let pikzels: Pikzels | undefined;

/** Makes a thumbnail: `POST { "prompt": "…" }` gives `{ "output": "https://…" }`. */
export async function POST(request: Request): Promise<Response> {
  const prompt = await promptOf(request);
  if (prompt === undefined) return refuse(400, "Send a prompt.");
  // Not when the module is loaded: `next build` does that too, without a key.
  pikzels ??= createPikzels();
  try {
    const { output } = await pikzels.thumbnails.fromText(
      { prompt, model: "pkz_4_5", format: "16:9" },
      { signal: request.signal },
    );
    return Response.json({ output });
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    // The prompt is all that the visitor has given, so it is all that a 400 can be about.
    if (isPikzelsApiError(error) && error.status === 400)
      return refuse(400, "The prompt won't do.");
    // The reason is ours to know, not the visitor's: the balance, the key, the service.
    console.error(error.message);
    // After "unknown" a visitor who tries again may make us pay again.
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
