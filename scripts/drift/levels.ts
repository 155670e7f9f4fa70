/** What a change means for a program that was built with this client, worst first. */
export const levels = ["breaking", "additive", "docs"] as const;
export type Level = (typeof levels)[number];

/** The way data goes: `request` is what we send, `response` is what we receive. */
export type Direction = "request" | "response";

export function isWorse(level: Level, than: Level): boolean {
  return levels.indexOf(level) < levels.indexOf(than);
}

export function worst(found: Iterable<Level>): Level | undefined {
  const present = new Set(found);
  return levels.find((level) => present.has(level));
}
