import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { downloadWith, type DownloadOptions, type ImageSource } from "../images/download.js";
import type { ImageMediaType } from "../images/media-type.js";
import type { IncomingImage } from "../images/request-image.js";
import type { Fetch } from "../transport/fetch.js";

/** The progress of a download. */
export interface DownloadProgress {
  /** The bytes that have been written so far. */
  readonly receivedBytes: number;
  /** The size that the response claims; `undefined` if it claims none. */
  readonly totalBytes: number | undefined;
}

/** Options of `downloadTo`. */
export interface DownloadToOptions extends DownloadOptions {
  /** Called after each chunk that has been written. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Sends the request. Default: the global `fetch`. */
  fetch?: Fetch | undefined;
}

/** A saved image. */
export interface SavedImage {
  /** The path that was given. */
  readonly path: string;
  /** The type of the image by its bytes, whatever the file is called. */
  readonly mediaType: ImageMediaType;
  /** The size in bytes. */
  readonly bytes: number;
}

/**
 * Saves an output to a file. An output's address expires after 24 hours.
 *
 * Writes a temporary file beside the target and renames it at the end: the target is always whole, and
 * a failed download leaves nothing behind. Sends no key, uses only https (http on loopback), and
 * accepts only images.
 *
 * @throws {PikzelsExpiredError} if the address has expired.
 * @throws {PikzelsError} if no image arrived, or not in time; errors of the file system as they are.
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 * import { downloadTo } from "pikzels-client/node";
 *
 * const thumbnail = await createPikzels().thumbnails.fromText({
 *   prompt: "A climber waves from a snowy summit at sunrise",
 *   model: "pkz_4_5",
 *   format: "16:9",
 * });
 * await downloadTo(thumbnail, "thumbnail.png");
 * ```
 */
export async function downloadTo(
  source: ImageSource,
  path: string,
  options: DownloadToOptions = {},
): Promise<SavedImage> {
  const { fetch = globalThis.fetch, onProgress } = options;
  return downloadWith(fetch, source, options, async (image) => {
    const temporary = `${path}.${randomUUID()}.part`;
    try {
      const bytes = await write(image, temporary, onProgress);
      await rename(temporary, path);
      return { path, mediaType: image.mediaType, bytes };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function write(
  { chunks, totalBytes }: IncomingImage,
  path: string,
  onProgress: DownloadToOptions["onProgress"],
): Promise<number> {
  const file = await open(path, "wx");
  try {
    let receivedBytes = 0;
    for await (const chunk of chunks) {
      await file.writeFile(chunk);
      receivedBytes += chunk.byteLength;
      onProgress?.({ receivedBytes, totalBytes });
    }
    return receivedBytes;
  } finally {
    await file.close();
  }
}
