import { createPikzels, isPikzelsError } from "pikzels-client";

/** The main entry does not need Node, so the handler may run at the edge. */
export const runtime = "edge";

/** Generates titles: `GET /api/titles?prompt=…` returns `{ "titles": ["…"] }`. */
export async function GET(request: Request): Promise<Response> {
  const prompt = new URL(request.url).searchParams.get("prompt");
  if (!prompt) return Response.json({ error: "Send a prompt." }, { status: 400 });
  try {
    const { outputs } = await createPikzels().titles.fromText(
      { prompt },
      // Platforms end an edge function that has not started to respond after about 25 seconds.
      { signal: request.signal, timeoutMs: 20_000 },
    );
    return Response.json({ titles: outputs });
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    console.error(error.message);
    return Response.json({ error: "Try again later." }, { status: 503 });
  }
}
