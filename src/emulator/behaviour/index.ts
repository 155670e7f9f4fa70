import type { Operation } from "../document/operations.js";
import { createPersona, createStyle } from "./create-pikzonality.js";
import type { Handler } from "./handler.js";
import { deletePikzonality, getPikzonality, updatePikzonality } from "./pikzonality.js";
import { respondFromSpec } from "./respond-from-spec.js";
import { scoreThumbnail } from "./score.js";
import { editThumbnail, generateThumbnail, swapFace } from "./thumbnail.js";
import { titlesFromText } from "./titles.js";

const handlers: Record<string, Handler> = {
  "POST /v2/thumbnail/text": generateThumbnail,
  "POST /v2/thumbnail/image": generateThumbnail,
  "POST /v2/thumbnail/edit": editThumbnail,
  "POST /v2/thumbnail/faceswap": swapFace,
  "POST /v2/thumbnail/score": scoreThumbnail,
  "POST /v2/title/text": titlesFromText,
  "POST /v2/pikzonality/persona": createPersona,
  "POST /v2/pikzonality/style": createStyle,
  "GET /v2/pikzonality/{id}": getPikzonality,
  "PATCH /v2/pikzonality/{id}": updatePikzonality,
  "DELETE /v2/pikzonality/{id}": deletePikzonality,
};

/** How an operation behaves; one that nobody has written yet answers what its spec promises. */
export function handlerOf({ method, path }: Operation): Handler {
  return handlers[`${method} ${path}`] ?? respondFromSpec;
}
