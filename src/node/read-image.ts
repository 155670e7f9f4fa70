import { readFile, stat } from "node:fs/promises";
import { PikzelsInputError } from "../wrappers/errors/input-error.js";
import {
  encodeImage,
  refuseOversized,
  type ImageDataUrl,
} from "../images/to-image-data-url.js";

/**
 * Reads an image file as the data URL that the `…_base64` fields take.
 *
 * Knows PNG, JPEG, WebP, GIF and AVIF by their first bytes, whatever the file is called, up to 10 MB.
 *
 * @throws {PikzelsInputError} for what is no image or over 10 MB, and for a file that cannot be read
 * (`cause` is then the error of the file system).
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 * import { readImage } from "pikzels-client/node";
 *
 * const image_base64 = await readImage("thumbnail.png");
 * const { main_score } = await createPikzels().thumbnails.score({ image_base64 });
 * ```
 */
export async function readImage(path: string | URL): Promise<ImageDataUrl> {
  const name = `The image ${String(path)}`;
  return encodeImage(await readBounded(path, name), {}, name);
}

/** Looks before it reads: the path may lead to a film, or to an endless device. */
async function readBounded(path: string | URL, name: string): Promise<Uint8Array> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new Error("It is no file");
    refuseOversized(file.size, name);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof PikzelsInputError) throw cause;
    const { code = "it is no file" } = cause as NodeJS.ErrnoException;
    throw new PikzelsInputError(`${name} cannot be read (${code}).`, { cause });
  }
}
