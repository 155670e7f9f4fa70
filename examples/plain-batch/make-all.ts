import { join } from "node:path";
import { isPikzelsError, type Pikzels } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";

/** The result of one prompt. */
export type Made =
  { prompt: string; file: string } | { prompt: string; error: string; mayHaveBeenPaid: boolean };

/**
 * Generates and saves a thumbnail for each prompt. All calls start at once: the client sends only
 * as many as the account allows, and the time they wait for a slot does not count against
 * `timeoutMs`.
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
        // One failure does not lose the others. If a picture could not be saved, the message has
        // its address.
        return { prompt, error: error.message, mayHaveBeenPaid: error.outcome === "unknown" };
      }
    }),
  );
}
