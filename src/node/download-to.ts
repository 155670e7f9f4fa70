import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { ImageMediaType } from "../images/media-type.js";
import {
  fetchImage,
  type DownloadOptions,
  type ImageSource,
} from "../images/fetch-image.js";
import type { IncomingImage } from "../images/open-image.js";
import type { Fetch } from "../transport/fetch.js";

/** How far a download has come. */
export interface DownloadProgress {
  /** How much of it has come. */
  readonly receivedBytes: number;
  /** How long the image claims to be; `undefined` where it does not say. */
  readonly totalBytes: number | undefined;
}

/** What `downloadTo` takes besides source and path. */
export interface DownloadToOptions extends DownloadOptions {
  /** Told of every piece that has been written. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** What sends the request. Default: the global `fetch`. */
  fetch?: Fetch | undefined;
}

/** What was written. */
export interface SavedImage {
  /** Where it is now: the path that was given. */
  readonly path: string;
  /** What the image is by its bytes, whatever the file is called. */
  readonly mediaType: ImageMediaType;
  /** Its size. */
  readonly bytes: number;
}

/**
 * Saves an output while its address is good, 24 hours long. Streams to a temporary file beside the
 * target, then renames it: the target is always whole, and a failed download leaves nothing behind.
 *
 * Sends no key, goes only over https (http on the own machine), and takes nothing but an image.
 *
 * @throws {PikzelsExpiredError} where the address has expired.
 * @throws {PikzelsError} where no image came, or not in time; errors of the file system as they are.
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
  return fetchImage(fetch, source, options, async (image) => {
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
