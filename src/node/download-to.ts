import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  DOWNLOAD_OPTIONS,
  downloadWith,
  type DownloadOptions,
  sourceUrl,
  type ImageSource,
} from "../images/download.js";
import type { ImageMediaType } from "../images/media-type.js";
import type { IncomingImage } from "../images/request-image.js";
import { ignoreErrors } from "../transport/abort.js";
import type { Fetch } from "../transport/fetch.js";
import {
  PikzelsUnexpectedResponseError,
  type PikzelsInputError,
} from "../wrappers/errors/classes.js";
import { checkFunction, checkOptions, type Check } from "../wrappers/validate.js";
import { assertWritable, fileError } from "./file-errors.js";

/** The progress of a download. */
export interface DownloadProgress {
  /** The number of bytes written so far. */
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

const DOWNLOAD_TO_OPTIONS = {
  ...DOWNLOAD_OPTIONS,
  onProgress: checkFunction,
  fetch: checkFunction,
} satisfies Record<keyof DownloadToOptions, Check>;

/** A saved image. */
export interface SavedImage {
  /** The path that was given. */
  readonly path: string;
  /** The type that its bytes show, whatever the file is called. */
  readonly mediaType: ImageMediaType;
  /** The size in bytes. */
  readonly bytes: number;
}

/**
 * Saves an output to a file. An output's address expires after 24 hours.
 *
 * Pass a function that makes the paid call, and the folder is looked at first: nothing is paid for that
 * could not be saved. If saving fails later, the error carries the address of the image in `url`.
 *
 * Writes a temporary file beside the target and renames it at the end. The target is always whole, and a
 * failed or aborted download has left nothing behind when it rejects. Sends no key, uses only https
 * (http on loopback), and accepts only images.
 *
 * @throws {PikzelsFileError} if the file cannot be written: no folder, no permission, a full disk.
 * @throws {PikzelsExpiredError} if the address has expired.
 * @throws {PikzelsError} if no whole image arrived, or not in time.
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 * import { downloadTo } from "pikzels-client/node";
 *
 * const pikzels = createPikzels();
 * const make = () =>
 *   pikzels.thumbnails.fromText({
 *     prompt: "A climber waves from a snowy summit at sunrise",
 *     model: "pkz_4_5",
 *     format: "16:9",
 *   });
 * await downloadTo(make, "thumbnail.png");
 * ```
 */
export async function downloadTo(
  source: ImageSource | (() => Promise<ImageSource>),
  path: string,
  options: DownloadToOptions = {},
): Promise<SavedImage> {
  const checked = checkOptions("downloadTo", options, DOWNLOAD_TO_OPTIONS);
  const { fetch = globalThis.fetch, onProgress } = checked;
  const isMadeLater = typeof source === "function";
  // Read at once: the caller may change the object while the folder is looked at.
  const url = isMadeLater ? undefined : sourceUrl(source).href;
  await assertWritable(path, url);
  // Nothing is paid for that nobody wants any more.
  checked.signal?.throwIfAborted();
  const address = url ?? addressIn(isMadeLater ? await source() : source);
  return downloadWith(fetch, address, checked, (image) => save(image, path, onProgress));
}

/** The address in the answer of a call that has been made, and may have been billed. */
function addressIn(answer: unknown): string {
  try {
    return sourceUrl(answer).href;
  } catch (error) {
    const { url } = error as PikzelsInputError;
    const { request_id: id } = Object(answer) as { request_id?: unknown };
    throw new PikzelsUnexpectedResponseError(
      "The call was made, but its answer has no address of an image that can be downloaded. Nothing was saved.",
      { status: 200, outcome: "unknown", url, requestId: typeof id === "string" ? id : undefined },
    );
  }
}

async function save(
  image: IncomingImage,
  path: string,
  onProgress: DownloadToOptions["onProgress"],
): Promise<SavedImage> {
  const { mediaType, url, signal } = image;
  const onFile = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw fileError(cause, { path, url });
    });
  // Not named after the target, whose name may already be as long as the file system allows.
  const temporary = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const file = await onFile(open(temporary, "wx"));
    let receivedBytes = 0;
    try {
      for await (const chunk of image.chunks) {
        await onFile(file.writeFile(chunk));
        receivedBytes += chunk.byteLength;
        const told = onProgress?.({ receivedBytes, totalBytes: image.totalBytes }) as unknown;
        // An async function may reject, which nobody else would handle.
        void ignoreErrors(() => told);
      }
      // Otherwise a power failure could leave the new name without the bytes.
      await onFile(file.sync());
    } finally {
      await onFile(file.close());
    }
    signal.throwIfAborted();
    await onFile(rename(temporary, path));
    return { path, mediaType, bytes: receivedBytes };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
