// Posts over connections that break, one call at a time, and reports how each call ended. The server
// counts how often each of them arrived. Every second call is of a client that was given the
// platform's own `fetch`.
import { createPikzels } from "pikzels-client";

export async function postOnce({ breakages, rounds, ...options }) {
  const clients = [{}, { fetch: globalThis.fetch }].map((given) =>
    createPikzels({ apiKey: "pkz_consumer", maxRetries: 0, ...options, ...given }),
  );
  const ends = {};
  for (const breakage of breakages) {
    const told = (ends[breakage] = {});
    for (let round = 1; round <= rounds; round++) {
      const pikzels = clients[round % clients.length];
      // Leaves an idle connection behind, which the POST may reuse.
      await pikzels.pikzonalities.get("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234");
      await new Promise((resolve) => setTimeout(resolve, 10));
      const end = await pikzels.titles.fromText({ prompt: `${breakage} #${round}` }).then(
        () => "resolved",
        (error) => error.outcome ?? String(error),
      );
      told[end] = (told[end] ?? 0) + 1;
    }
  }
  return ends;
}
