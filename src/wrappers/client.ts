import type { PikzelsApi } from "./api-types.js";
import { createApi } from "./api.js";
import { download, type DownloadOptions, type ImageSource } from "../images/download.js";
import { resolveOptions, type PikzelsOptions } from "./options.js";
import { createMethods, type Methods } from "./methods.js";
import { createTransport } from "../transport/send.js";

/** The client: one method per operation of the API, plus helpers around them. */
export interface Pikzels extends Methods {
  /**
   * Downloads an output, which stays available for 24 hours. Sends no key, uses https only (http on
   * loopback), and resolves only to an image, whose `type` is the one its bytes show.
   *
   * @throws {PikzelsExpiredError} if the address has expired.
   * @throws {PikzelsError} if no whole image arrived, or not in time.
   * @example
   * ```ts
   * import { createPikzels } from "pikzels-client";
   *
   * const pikzels = createPikzels();
   * const thumbnail = await pikzels.thumbnails.fromText({
   *   prompt: "A climber waves from a snowy summit at sunrise",
   *   model: "pkz_4_5",
   *   format: "16:9",
   * });
   * const image = await pikzels.download(thumbnail);
   * console.log(image.type, image.size);
   * ```
   */
  download: (source: ImageSource, options?: DownloadOptions) => Promise<Blob>;

  /**
   * The same API by path, through openapi-fetch. Answers come as `{ data, error, response }`, and
   * paths that are newer than this package can be called: their `data` is JSON, or else the text or
   * the `Blob` that came. Key, checks, retries and limits are the same; `timeoutMs` and `maxRetries`
   * go beside `body` and `params`.
   *
   * Rejects if no documented answer came: no connection, a timeout, an unreadable body.
   *
   * @example
   * ```ts
   * import { createPikzels } from "pikzels-client";
   *
   * const { data, error, response } = await createPikzels().api.GET("/v2/pikzonality/{id}", {
   *   params: { path: { id: "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234" } },
   * });
   * console.log(response.status, data ?? error);
   * ```
   */
  api: PikzelsApi;
}

/**
 * Creates a client. The key never appears in anything of it that is printed, serialised or thrown.
 *
 * @throws {PikzelsInputError} at once for a missing or malformed key and for any option that cannot
 * be right.
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 *
 * const pikzels = createPikzels({ apiKey: () => process.env["PIKZELS_API_KEY"] ?? "" });
 * ```
 */
export function createPikzels(options: PikzelsOptions = {}): Pikzels {
  const settings = resolveOptions(options);
  const send = createTransport(settings);
  return {
    ...createMethods(send),
    download: (source, options = {}) => download(settings.fetch, source, options),
    api: createApi(send, settings.baseUrl),
  };
}
