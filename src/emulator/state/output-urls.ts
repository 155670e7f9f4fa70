import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Picture, Size } from "../pictures/picture.js";

/** The published lifetime of an output's address. */
const outputLifetimeMs = 24 * 60 * 60 * 1000;

/** What an address leads to. */
type OutputLookup = Picture | "expired" | "missing";

/**
 * Signed addresses, as object stores hand them out: all there is to know about a picture stands in
 * its address, so that ten thousand of them take no memory.
 */
export class OutputUrls {
  readonly #secret = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(origin: string, seed: string, size: Size): string {
    const path = `/outputs/${seed}.png`;
    const query = new URLSearchParams({
      size: `${size.width}x${size.height}`,
      expires: String(Math.floor((this.#now() + outputLifetimeMs) / 1000)),
    });
    query.set("signature", this.#sign(`${path}?${query}`));
    return `${origin}${path}?${query}`;
  }

  lookUp(path: string, query: URLSearchParams): OutputLookup {
    const seed = /^\/outputs\/([\w-]+)\.png$/.exec(path)?.[1];
    const unsigned = new URLSearchParams(query);
    unsigned.delete("signature");
    const expected = this.#sign(`${path}?${unsigned}`);
    if (seed === undefined || !same(expected, query.get("signature") ?? "")) return "missing";
    if (this.#now() >= Number(query.get("expires")) * 1000) return "expired";
    const [width = 0, height = 0] = (query.get("size") ?? "").split("x").map(Number);
    return { seed, size: { width, height } };
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#secret).update(text).digest("base64url");
  }
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
