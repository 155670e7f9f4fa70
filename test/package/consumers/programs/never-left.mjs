// Posts to services that no request can reach, and tells how each call ended.
import { createPikzels } from "pikzels-client";

/** @param addresses by cause: where the service is said to be */
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
