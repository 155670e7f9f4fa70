import type { Fetch } from "../transport/fetch.js";
import { fetchImage, type DownloadOptions, type ImageSource } from "./fetch-image.js";

/** Fetches an image whole. */
export function download(
  fetch: Fetch,
  source: ImageSource,
  options: DownloadOptions,
): Promise<Blob> {
  return fetchImage(fetch, source, options, async ({ mediaType, chunks }) => {
    const parts = [];
    for await (const chunk of chunks) parts.push(chunk);
    return new Blob(parts, { type: mediaType });
  });
}
