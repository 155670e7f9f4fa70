import { join } from "node:path";
import { isPikzelsError, type Pikzels } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";

/** What became of one prompt. */
export type Made =
  { prompt: string; file: string } | { prompt: string; error: string; mayHaveBeenPaid: boolean };

/**
 * Makes and saves a thumbnail of each prompt. All calls are started at once: the client lets only as many
 * go out as the account allows, and the time they wait for that does not count against `timeoutMs`.
 */
export function makeAll(
  pikzels: Pikzels,
  prompts: readonly string[],
  folder: string,
): Promise<Made[]> {
  return Promise.all(
    prompts.map(async (prompt, index): Promise<Made> => {
      const file = join(folder, `${index + 1}.png`);
      try {
        await downloadTo(
          () => pikzels.thumbnails.fromText({ prompt, model: "pkz_4_5", format: "16:9" }),
          file,
        );
        return { prompt, file };
      } catch (error) {
        if (!isPikzelsError(error)) throw error;
        // One failure does not lose the others. The message of a picture that could not be saved has
        // its address.
        return { prompt, error: error.message, mayHaveBeenPaid: error.outcome === "unknown" };
      }
    }),
  );
}
