import { table } from "./markdown.js";

/**
 * The ways in which a server can fail a POST after reading it to the end, and the outcome as far as
 * the caller can tell.
 */
export const breakages = {
  fin: { words: "the connection is closed", outcome: "unknown" },
  rst: { words: "the connection is reset", outcome: "unknown" },
  late: { words: "the connection is closed 100 ms later", outcome: "unknown" },
  "half a head": {
    words: "the connection is closed inside the head of an answer",
    outcome: "unknown",
  },
  "timed out (408)": { words: "408 with `Connection: close`", outcome: "rejected" },
  "misdirected (421)": { words: "421", outcome: "rejected" },
} as const;

/**
 * The maximum number of times such a POST arrives, by runtime, with `maxRetries: 0`. `npm run
 * test:consumers` counts the requests on a server, and fails on any other number.
 */
export const arrivalsAtMost = {
  "Node.js 20": 1,
  "Node.js 22": 1,
  "Node.js 24": 1,
  "Node.js 26": 1,
  Bun: 1,
  Deno: 1,
  "Cloudflare Workers (workerd)": 1,
  Chromium: 2,
} as const;

/** A runtime whose requests are counted. */
export type CountedRuntime = keyof typeof arrivalsAtMost;

/**
 * The table of how often a POST arrives, with a row for each breakage and a column for each
 * runtime.
 */
export function arrivalsTable(): string {
  const cells = Object.values(arrivalsAtMost).map((most) =>
    most === 1 ? "once" : "once or twice",
  );
  return table(
    ["The server has read the POST, then", "`outcome`", ...Object.keys(arrivalsAtMost)],
    Object.values(breakages).map(({ words, outcome }) => [words, `\`${outcome}\``, ...cells]),
  );
}

/**
 * What a reader must know about an environment that may send a POST twice; empty for the others.
 */
export function arrivalsNote(environment: string): string {
  const isSafe = Object.entries(arrivalsAtMost).every(
    ([runtime, most]) => most === 1 || !runtime.startsWith(environment),
  );
  return isSafe ? "" : "; **a POST may arrive twice**, of which the client warns";
}
