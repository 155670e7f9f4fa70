import { arrivalsAtMost } from "./arrivals.js";
import { table } from "./markdown.js";

/** The reasons why a request cannot leave. */
export const causes = {
  refused: "every address of the host refuses the connection",
  unreachable: "the network is unreachable",
  "unknown host": "the host has no address",
  "blocked port": "`fetch` may block the port (`1`)",
  "broken handshake": "the TLS handshake is broken off",
  "no TLS": "the server speaks no TLS",
  "proxy 403": "a proxy answers `CONNECT` with 403",
  "proxy 407": "a proxy answers `CONNECT` with 407",
  "proxy 429": "a proxy answers `CONNECT` with 429",
  "proxy 502": "a proxy answers `CONNECT` with 502",
  "proxy 503": "a proxy answers `CONNECT` with 503",
  "proxy reset": "a proxy breaks off at `CONNECT`",
} as const;

export type NeverLeft = keyof typeof causes;

/**
 * By runtime and cause, the `outcome` that was measured; none if the cause cannot be produced in
 * the runtime.
 */
export type NeverLeftOutcomes = Record<string, Partial<Record<NeverLeft, string>>>;

/**
 * The table of what the client knows about a request that never left, with a row for each cause and
 * a column for each runtime.
 */
export function neverLeftTable(outcomes: NeverLeftOutcomes): string {
  const runtimes = Object.keys(arrivalsAtMost);
  const rows = Object.entries(causes).map(([cause, words]) => [
    words,
    ...runtimes.map((runtime) => {
      const outcome = outcomes[runtime]?.[cause as NeverLeft];
      return outcome === undefined ? "–" : `\`${outcome}\``;
    }),
  ]);
  return table(["Cause", ...runtimes], rows);
}
