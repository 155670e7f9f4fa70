import type { ErrorCode } from "../../generated/errors.js";
import { invalidField, Refusal } from "../api/refusal.js";
import type { JsonObject } from "../../openapi/json.js";
import type { Mode, Pikzonalities } from "../state/pikzonalities.js";

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const codeOfMalformedId = {
  persona: "INVALID_PERSONA",
  style: "INVALID_STYLE",
} as const satisfies Record<Mode, ErrorCode>;

/** The models that take a persona, a style and a support image. */
const modelsWithReferences = ["pkz_4", "pkz_4_5"];

/**
 * Checks what a thumbnail is to be made with, beyond its prompt and its image.
 *
 * @throws {Refusal} `SUPPORT_IMAGE_NOT_SUPPORTED`, `INVALID_PERSONA`, `INVALID_STYLE`, `NOT_FOUND`,
 *   `CONFLICT` for one whose training has not completed, `VALIDATION_ERROR` for a model that takes none.
 */
export function checkReferences(body: JsonObject, pikzonalities: Pikzonalities): void {
  const model = String(body["model"]);
  const modelTakesReferences = modelsWithReferences.includes(model);
  const hasSupportImage =
    body["support_image_url"] !== undefined || body["support_image_base64"] !== undefined;
  if (hasSupportImage && !modelTakesReferences) throw new Refusal("SUPPORT_IMAGE_NOT_SUPPORTED");

  for (const mode of ["persona", "style"] as const) {
    const id = body[mode];
    if (typeof id !== "string") continue;
    if (!uuid.test(id)) throw new Refusal(codeOfMalformedId[mode]);
    if (!modelTakesReferences) {
      const takers = modelsWithReferences.join(" and ");
      throw invalidField(mode, `only ${takers} take a ${mode}, not ${model}`);
    }
    checkReady(id, mode, pikzonalities);
  }
}

function checkReady(id: string, mode: Mode, pikzonalities: Pikzonalities): void {
  const found = pikzonalities.get(id);
  if (found.mode !== mode) throw new Refusal("NOT_FOUND");
  if (pikzonalities.training(found).status !== "completed")
    throw new Refusal("CONFLICT", { message: `The training of the ${mode} has not completed.` });
}
