import type { Pikzels } from "pikzels-client";

export interface Variant {
  prompt: string;
  output: string;
  score: number;
}

/**
 * Generates variants of a thumbnail until one scores at least `goodEnough`, and returns the best.
 * One at a time, because each costs money: usually the first or second is good enough.
 */
export async function chooseVariant(
  pikzels: Pikzels,
  prompts: readonly string[],
  { title, goodEnough = 80 }: { title: string; goodEnough?: number },
): Promise<Variant | undefined> {
  let best: Variant | undefined;
  for (const prompt of prompts) {
    const { output } = await pikzels.thumbnails.fromText({
      prompt,
      model: "pkz_4_5",
      format: "16:9",
    });
    const { main_score: score } = await pikzels.thumbnails.score({ image_url: output, title });
    if (!best || score > best.score) best = { prompt, output, score };
    if (score >= goodEnough) break;
  }
  return best;
}
