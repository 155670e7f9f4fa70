import type { JsonObject } from "../../openapi/json.js";

/**
 * What a call costs, in US cents. The service publishes no price per call; programs have seen 3 to
 * 38 cents. The figures in between are this emulator's own, so that different calls cost differently.
 */
export const cents = { score: 3, titles: 3, edit: 18, faceSwap: 18, training: 38 };

const byModel: Record<string, number> = { pkz_2: 8, pkz_3: 12, pkz_4: 18, pkz_4_5: 24 };

/** What a thumbnail of a model costs; of a model that a newer spec adds, as much as the dearest. */
export function thumbnailCents(body: JsonObject): number {
  return byModel[String(body["model"])] ?? 24;
}
