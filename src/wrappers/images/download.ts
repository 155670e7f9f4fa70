import type { Fetch } from "../transport/fetch.js";
import { fetchImage, type DownloadOptions, type ImageSource } from "./fetch-image.js";

export function downloader(fetch: Fetch) {
  return (source: ImageSource, options: DownloadOptions = {}): Promise<Blob> =>
    fetchImage(fetch, source, options, async ({ mediaType, chunks }) => {
      const parts = [];
      for await (const chunk of chunks) parts.push(chunk);
      return new Blob(parts, { type: mediaType });
    });
}
