import { callable } from "./operation.js";
import type { OperationId } from "../generated/operations.js";
import type { Transport } from "../transport/send.js";
import { waitUntilReady, type ReadyPikzonality, type WaitOptions } from "./wait-until-ready.js";

/**
 * The methods of the client. One line each: which operation it calls; the generated facts and types
 * say the rest.
 */
export function surfaceOver(send: Transport) {
  const call = <Id extends OperationId>(id: Id) => callable(send, id);
  const get = call("get_v2_pikzonality_id");
  return {
    /** Makes, edits and rates thumbnails. Outputs are web addresses that expire after 24 hours. */
    thumbnails: {
      /**
       * Makes a thumbnail from a description. Takes one to three minutes; billed on success.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { output } = await createPikzels().thumbnails.fromText({
       *   prompt: "A climber waves from a snowy summit at sunrise",
       *   model: "pkz_4_5",
       *   format: "16:9",
       * });
       * ```
       */
      fromText: call("post_v2_thumbnail_text"),
      /**
       * Makes a thumbnail after another image. Takes one to three minutes; billed on success.
       *
       * Give the image as `image_url` or as `image_base64` (at most 10 MB), never both.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { output } = await createPikzels().thumbnails.fromImage({
       *   image_url: "https://example.com/thumbnail.png",
       *   model: "pkz_4_5",
       *   format: "16:9",
       *   prompt: "The same scene at night",
       * });
       * ```
       */
      fromImage: call("post_v2_thumbnail_image"),
      /**
       * Changes a thumbnail as described, inside a mask where one is given. Takes one to three
       * minutes; billed on success.
       *
       * Give the image as `image_url` or as `image_base64` (at most 10 MB), never both; the mask
       * likewise, or none.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { output } = await createPikzels().thumbnails.edit({
       *   image_url: "https://example.com/thumbnail.png",
       *   prompt: "Make the sky stormy",
       *   format: "16:9",
       * });
       * ```
       */
      edit: call("post_v2_thumbnail_edit"),
      /**
       * Puts a face into a thumbnail. Takes one to three minutes; billed on success.
       *
       * Give the thumbnail as `image_url` or `image_base64` and the face as `face_image` (an https
       * address) or `face_image_base64`; at most 10 MB each.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { output } = await createPikzels().thumbnails.faceSwap({
       *   image_url: "https://example.com/thumbnail.png",
       *   face_image: "https://example.com/face.png",
       *   format: "16:9",
       * });
       * ```
       */
      faceSwap: call("post_v2_thumbnail_faceswap"),
      /**
       * Rates a thumbnail from 0 to 100 and may suggest an improvement. Billed on success.
       *
       * Give the image as `image_url` or as `image_base64` (at most 10 MB), never both.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { main_score, suggestion } = await createPikzels().thumbnails.score({
       *   image_url: "https://example.com/thumbnail.png",
       *   title: "I spent a week alone in the Arctic",
       * });
       * ```
       */
      score: call("post_v2_thumbnail_score"),
    },
    /** Writes titles. */
    titles: {
      /**
       * Writes titles for a video from a description, an image, or both. Billed on success.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const { outputs } = await createPikzels().titles.fromText({
       *   prompt: "A week alone in the Arctic",
       * });
       * ```
       */
      fromText: call("post_v2_title_text"),
    },
    /** Personas: a face that thumbnails can show. */
    personas: {
      /**
       * Begins to train a persona from three images of a face; answers at once with its id.
       *
       * Give the images as `image_urls` or as `image_base64s` (at most 10 MB each), never both.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const pikzels = createPikzels();
       * const { id } = await pikzels.personas.create({
       *   name: "Ada",
       *   image_urls: [
       *     "https://example.com/1.png",
       *     "https://example.com/2.png",
       *     "https://example.com/3.png",
       *   ],
       * });
       * const persona = await pikzels.pikzonalities.waitUntilReady(id);
       * ```
       */
      create: call("post_v2_pikzonality_persona"),
    },
    /** Styles: a look that thumbnails can have. */
    styles: {
      /**
       * Begins to train a style from three images; answers at once with its id.
       *
       * Give the images as `image_urls` or as `image_base64s` (at most 10 MB each), never both.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const pikzels = createPikzels();
       * const { id } = await pikzels.styles.create({
       *   name: "Creator Studio",
       *   image_urls: [
       *     "https://example.com/1.png",
       *     "https://example.com/2.png",
       *     "https://example.com/3.png",
       *   ],
       * });
       * const style = await pikzels.pikzonalities.waitUntilReady(id);
       * ```
       */
      create: call("post_v2_pikzonality_style"),
    },
    /** Personas and styles alike, by id. They last until they are deleted. */
    pikzonalities: {
      /**
       * Reads the present state of a persona or style.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
       * const { status, progress } = await createPikzels().pikzonalities.get(id);
       * ```
       */
      get,
      /**
       * Sets the special instructions (at most 300 characters) that are appended to prompts; null
       * removes them.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
       * await createPikzels().pikzonalities.update(id, { special_instructions: "Warm colours" });
       * ```
       */
      update: call("patch_v2_pikzonality_id"),
      /**
       * Deletes a persona or style for good. One that is still processing cannot be deleted.
       *
       * Where an earlier attempt of the same call has got through without our learning of it, the
       * `NOT_FOUND` of the next counts as the success it is.
       *
       * @throws {PikzelsError} see `PikzelsApiError` for what the service may refuse.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
       * await createPikzels().pikzonalities.delete(id);
       * ```
       */
      delete: call("delete_v2_pikzonality_id"),
      /**
       * Waits until a persona or style is ready to be used, and gives it.
       *
       * Polls every `intervalMs` with jitter, and goes on through passing failures.
       *
       * @throws {PikzelsTrainingError} where it ended as failed.
       * @throws {PikzelsTimeoutError} where it was not ready in `timeoutMs`.
       * @example
       * ```ts
       * import { createPikzels } from "pikzels-client";
       *
       * const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
       * const { portrait_url } = await createPikzels().pikzonalities.waitUntilReady(id, {
       *   onProgress: (percent) => console.log(`${percent} %`),
       * });
       * ```
       */
      waitUntilReady: async (id: string, options: WaitOptions = {}): Promise<ReadyPikzonality> =>
        waitUntilReady(get, id, options),
    },
  };
}
