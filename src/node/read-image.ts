import { readFile, stat } from "node:fs/promises";
import { assertImageSize, encodeImage, type ImageDataUrl } from "../images/data-url.js";
import { PikzelsInputError } from "../wrappers/errors/classes.js";

/**
 * Reads an image file as the data URL that the `…_base64` fields take.
 *
 * Recognizes PNG, JPEG, WebP, GIF and AVIF by their first bytes, whatever the file is called. At most
 * 10 MB.
 *
 * @throws {PikzelsInputError} if the file is not an image, is over 10 MB, or cannot be read (`cause`
 * is then the error of the file system).
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
  return encodeImage(await readImageFile(path, name), {}, name);
}

/** Checked before the file is read: the path may lead to a video or an endless device. */
async function readImageFile(path: string | URL, name: string): Promise<Uint8Array> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new Error("Not a file");
    assertImageSize(file.size, name);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof PikzelsInputError) throw cause;
    const { code = "not a file" } = cause as NodeJS.ErrnoException;
    throw new PikzelsInputError(`${name} cannot be read (${code}).`, { cause });
  }
}
