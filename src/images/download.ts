import { PikzelsTimeoutError } from "../wrappers/errors/classes.js";
import { checkCount, checkMs } from "../wrappers/validate.js";
import { backoffMs, mayRetry, retryAfterOf } from "../transport/retry.js";
import type { Fetch } from "../transport/fetch.js";
import { delay, withTimeout } from "../transport/abort.js";
import { downloadParts } from "./download-errors.js";
import { imageUrl, requestImage, type IncomingImage } from "./request-image.js";

/** The address of an output, or the response of a generation. */
export type ImageSource = string | { readonly output: string };

/** Options of a download. */
export interface DownloadOptions {
  /** Aborts the download at any time; it then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole download, up to three attempts. @default 120_000 */
  timeoutMs?: number | undefined;
  /** The largest image that is accepted, in bytes. @default 67_108_864 (64 MiB) */
  maxBytes?: number | undefined;
}

/** Downloads an image into memory. */
export function download(
  fetch: Fetch,
  source: ImageSource,
  options: DownloadOptions,
): Promise<Blob> {
  return downloadWith(fetch, source, options, async ({ mediaType, chunks }) => {
    const parts = [];
    for await (const chunk of chunks) parts.push(chunk);
    return new Blob(parts, { type: mediaType });
  });
}

const MAX_RETRIES = 2;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Downloads an image and passes it to `save` as it arrives, once per attempt. The key is not sent.
 */
export async function downloadWith<Saved>(
  fetch: Fetch,
  source: ImageSource,
  options: DownloadOptions,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  const url = imageUrl(addressOf(source));
  const ms = checkMs("timeoutMs", options.timeoutMs) ?? 120_000;
  const maxBytes = checkCount("maxBytes", options.maxBytes, 1) ?? 64 * 1024 * 1024;
  const onTimeout = () =>
    new PikzelsTimeoutError(...downloadParts(url, `it took longer than ${ms} ms`, "unknown"));

  return withTimeout({ signal: options.signal, ms, onTimeout }, async (signal) => {
    for (let retry = 0; ; retry++) {
      try {
        return await requestImage({ fetch, url, maxBytes, signal }, save);
      } catch (error) {
        signal.throwIfAborted();
        const waitMs = retryAfterOf(error) ?? backoffMs(retry + 1);
        const isWorthIt = mayRetry("GET", error) && waitMs <= MAX_RETRY_AFTER_MS;
        if (!isWorthIt || retry === MAX_RETRIES) throw error;
        await delay(waitMs, signal);
      }
    }
  });
}

/** `unknown`, because a caller in JavaScript may pass anything. */
function addressOf(source: unknown): unknown {
  return typeof source === "object" && source !== null && "output" in source
    ? source.output
    : source;
}
