import type { Pikzels } from "pikzels-client";

/** Generates a thumbnail for each prompt and returns the one with the highest score. */
export async function bestThumbnail(pikzels: Pikzels, prompts: readonly string[]) {
  const rated = await Promise.all(
    prompts.map(async (prompt) => {
      const { output } = await pikzels.thumbnails.fromText({
        prompt,
        model: "pkz_4_5",
        format: "16:9",
      });
      const { main_score } = await pikzels.thumbnails.score({ image_url: output });
      return { prompt, output, score: main_score };
    }),
  );
  return rated.toSorted((a, b) => b.score - a.score)[0];
}
