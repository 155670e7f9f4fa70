import { sizeOf } from "../pictures/picture.js";
import type { EmulatorState } from "../state/emulator-state.js";
import { checkReferences } from "./check-references.js";
import type { Call, Handler } from "./handler.js";
import { compaction } from "./compaction.js";
import { cents, thumbnailCents } from "./prices.js";

/** From a text and from an image alike: what differs stands in the spec. */
export const generateThumbnail: Handler = {
  cents: thumbnailCents,
  check: ({ body }, { pikzonalities }) => {
    checkReferences(body, pikzonalities);
  },
  perform: draw,
};

export const editThumbnail: Handler = { cents: () => cents.edit, perform: draw };

export const swapFace: Handler = { cents: () => cents.faceSwap, perform: draw };

function draw({ body, origin, requestId }: Call, { outputUrls }: EmulatorState) {
  return {
    // The request's id makes the picture this request's own, and tells whose it is.
    output: outputUrls.create(origin, requestId, sizeOf(body["format"])),
    ...(body["model"] !== undefined && { model: body["model"] }),
    ...compaction(body["prompt"]),
    request_id: requestId,
  };
}
