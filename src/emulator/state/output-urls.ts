import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { behaviour } from "../../generated/behaviour.js";
import type { Picture } from "../pictures/landscape.js";
import type { Size } from "../pictures/png.js";

const LIFETIME_MS = behaviour.outputs.lifetimeHours * 60 * 60 * 1000;
const PATH = `${behaviour.outputs.path}/`;

/** What an address leads to. */
type OutputLookup = Picture | "expired" | "missing";

/**
 * Signed addresses, as object stores issue them. Everything about a picture is encoded in its
 * address, so that ten thousand of them take no memory.
 */
export class OutputUrls {
  readonly #secret = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(origin: string, seed: string, size: Size): string {
    const path = `${PATH}${seed}.png`;
    const query = new URLSearchParams({
      size: `${size.width}x${size.height}`,
      expires: String(Math.floor((this.#now() + LIFETIME_MS) / 1000)),
    });
    query.set("signature", this.#sign(`${path}?${query}`));
    return `${origin}${path}?${query}`;
  }

  /** The output at a path; `undefined` if the path is not an output's. */
  lookUp(path: string, query: URLSearchParams): OutputLookup | undefined {
    if (!path.startsWith(PATH)) return undefined;
    const seed = /^([\w-]+)\.png$/.exec(path.slice(PATH.length))?.[1];
    const unsigned = new URLSearchParams(query);
    unsigned.delete("signature");
    const expected = this.#sign(`${path}?${unsigned}`);
    if (seed === undefined || !isSame(expected, query.get("signature") ?? "")) return "missing";
    if (this.#now() >= Number(query.get("expires")) * 1000) return "expired";
    const [width = 0, height = 0] = (query.get("size") ?? "").split("x").map(Number);
    return { seed, size: { width, height } };
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#secret).update(text).digest("base64url");
  }
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
