// Posts to services that no request can reach, and reports how each call ended.
import { createPikzels } from "pikzels-client";

/** @param addresses the service's address for each cause */
export async function neverLeft({ addresses, ...options }) {
  const ends = {};
  for (const [cause, baseUrl] of Object.entries(addresses)) {
    const pikzels = createPikzels({ apiKey: "pkz_consumer", maxRetries: 1, baseUrl, ...options });
    const end = await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" }).then(
      () => ({ outcome: "resolved" }),
      (error) => error,
    );
    ends[cause] = { outcome: end.outcome, attempts: end.attempts };
  }
  return ends;
}
