import { PikzelsTimeoutError } from "../wrappers/errors/classes.js";
import { isPikzelsError } from "../wrappers/errors/guards.js";
import {
  checkMs,
  checkOptions,
  checkPositiveCount,
  checkSignal,
  type Check,
} from "../wrappers/validate.js";
import { backoffMs, mayRetry, retryAfterOf } from "../transport/retry.js";
import type { Fetch } from "../transport/fetch.js";
import { delay, withTimeout } from "../transport/abort.js";
import { downloadParts } from "./download-errors.js";
import { imageUrl } from "./address.js";
import { requestImage, type ImageRequest, type IncomingImage } from "./request-image.js";

/** The address of an output, or the response of a generation. */
export type ImageSource = string | { readonly output: string };

/** Options of a download. */
export interface DownloadOptions {
  /** Aborts the download at any time; it then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole download, including up to three attempts. @default 120_000 */
  timeoutMs?: number | undefined;
  /** The largest image that is accepted, in bytes. @default 67_108_864 (64 MiB) */
  maxBytes?: number | undefined;
}

/** How the options of a download are checked. */
export const DOWNLOAD_OPTIONS = {
  signal: checkSignal,
  timeoutMs: checkMs,
  maxBytes: checkPositiveCount,
} satisfies Record<keyof DownloadOptions, Check>;

/** Downloads an image into memory. */
export async function download(
  fetch: Fetch,
  source: ImageSource,
  options: DownloadOptions,
): Promise<Blob> {
  const checked = checkOptions("download", options, DOWNLOAD_OPTIONS);
  return downloadWith(fetch, source, checked, async ({ mediaType, chunks }) => {
    const parts = [];
    for await (const chunk of chunks) parts.push(chunk);
    return new Blob(parts, { type: mediaType });
  });
}

const MAX_RETRIES = 2;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Downloads an image and passes it to `save` as it arrives, once per attempt. The key is not sent.
 *
 * An abort or a timeout waits until `save` has cleaned up, and if `save` has finished by then, the
 * download has succeeded.
 */
export async function downloadWith<Saved>(
  fetch: Fetch,
  source: ImageSource,
  { signal, timeoutMs: ms = 120_000, maxBytes = 64 * 1024 * 1024 }: DownloadOptions,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  const url = sourceUrl(source);
  const onTimeout = () =>
    new PikzelsTimeoutError(...downloadParts(url, `it took longer than ${ms} ms`, "unknown"));

  let saving: Promise<Saved> | undefined;
  const saveImage = (image: IncomingImage) => (saving = save(image));
  try {
    return await withTimeout({ signal, ms, onTimeout }, (signal) =>
      requestWithRetries({ fetch, url, maxBytes, signal }, saveImage),
    );
  } catch (error) {
    const [saved] = await Promise.allSettled([saving ?? Promise.reject(error as Error)]);
    if (saved.status === "fulfilled") return saved.value;
    throw error;
  }
}

async function requestWithRetries<Saved>(
  request: ImageRequest,
  save: (image: IncomingImage) => Promise<Saved>,
): Promise<Saved> {
  for (let retry = 0; ; retry++) {
    try {
      return await requestImage(request, save);
    } catch (error) {
      request.signal.throwIfAborted();
      const waitMs = retryAfterOf(error) ?? backoffMs(retry + 1);
      const isWorthIt = isTransient(error) && waitMs <= MAX_RETRY_AFTER_MS;
      if (!isWorthIt || retry === MAX_RETRIES) throw error;
      await delay(waitMs, request.signal);
    }
  }
}

/** A full disk will still be full on the next attempt. */
function isTransient(error: unknown): boolean {
  const isFileError = isPikzelsError(error) && error.name === "PikzelsFileError";
  return !isFileError && mayRetry("GET", error);
}

/**
 * @throws {PikzelsInputError} if the source has no https address; JavaScript callers may pass
 * anything.
 */
export function sourceUrl(source: unknown): URL {
  const isAnswer = typeof source === "object" && source !== null && "output" in source;
  return imageUrl(isAnswer ? source.output : source);
}
