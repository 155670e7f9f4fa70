import { PikzelsTimeoutError } from "../wrappers/errors/timeout-error.js";
import { checkedCount, checkedMs } from "../wrappers/options/limits.js";
import { backoffMs } from "../transport/backoff.js";
import type { Fetch } from "../transport/fetch.js";
import { mayRetry, retryAfterOf } from "../transport/retry.js";
import { pause, within } from "../transport/within.js";
import { downloadParts } from "./download-errors.js";
import { checkedAddress } from "./image-address.js";
import { openImage, type IncomingImage } from "./open-image.js";

/** The address of an output, or what a generation answered with. */
export type ImageSource = string | { readonly output: string };

/** What a download takes besides its source. */
export interface DownloadOptions {
  /** Aborts the download at any moment; it rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for all of it, up to three attempts. @default 120_000 */
  timeoutMs?: number | undefined;
  /** The most bytes that are read. @default 67_108_864 (64 MiB) */
  maxBytes?: number | undefined;
}

const MAX_RETRIES = 2;

/** Fetches an image, without the key, and hands it to `save` as it comes; anew with each attempt. */
export async function fetchImage<Saved>(
  fetch: Fetch,
  source: ImageSource,
  options: DownloadOptions,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  const url = checkedAddress(addressOf(source));
  const ms = checkedMs("timeoutMs", options.timeoutMs) ?? 120_000;
  const maxBytes = checkedCount("maxBytes", options.maxBytes, 1) ?? 64 * 1024 * 1024;
  const late = () =>
    new PikzelsTimeoutError(...downloadParts(url, `it took longer than ${ms} ms`, "unknown"));

  return within({ signal: options.signal, ms, late }, async (signal) => {
    for (let retry = 0; ; retry++) {
      try {
        return await openImage({ fetch, url, maxBytes, signal }, save);
      } catch (error) {
        signal.throwIfAborted();
        const waitMs = retryAfterOf(error) ?? backoffMs(retry + 1);
        const isWorthIt = mayRetry("GET", error) && waitMs <= 60_000;
        if (!isWorthIt || retry === MAX_RETRIES) throw error;
        await pause(waitMs, signal);
      }
    }
  });
}

/** The address in a source; in JavaScript a source may be anything. */
function addressOf(source: unknown): unknown {
  return typeof source === "object" && source !== null && "output" in source
    ? source.output
    : source;
}
