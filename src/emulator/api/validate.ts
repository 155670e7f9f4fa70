import type { JsonObject } from "../../openapi/json.js";
import type { MediaType, Operation } from "../document/operations.js";
import { validatorOf } from "../document/validator.js";
import { excerptOf, explainErrors } from "./explain-errors.js";
import type { ParameterValues } from "./parameters.js";
import { Refusal, validationError, type Detail } from "./refusal.js";

/**
 * Checks the parameters of a request against the document.
 *
 * @throws {Refusal} `VALIDATION_ERROR`; `NOT_FOUND` if a path parameter is not valid.
 */
export function validateParameters(
  document: JsonObject,
  operation: Operation,
  values: ParameterValues,
): void {
  const { isValid, errorsOf } = validatorOf(document);
  const details = operation.parameters.flatMap((parameter): Detail[] => {
    const { name, pointer, required } = parameter;
    const value = values.get(parameter);
    if (value === undefined)
      return required ? [{ field: name, message: `Provide a valid ${name}: it is missing` }] : [];
    if (isValid("request", pointer, value)) return [];
    if (parameter.in === "path") throw new Refusal("NOT_FOUND");
    return explainErrors(errorsOf(pointer, { [name]: value }[name])).map((detail) =>
      underParameter(name, detail),
    );
  });
  if (details.length > 0) throw new Refusal("VALIDATION_ERROR", { details });
}

/** A detail about a parameter's value names the parameter. */
function underParameter(name: string, { field, message }: Detail): Detail {
  const inside = field === undefined ? "" : field.startsWith("[") ? field : `.${field}`;
  return {
    field: name + inside,
    message: message.replace(
      `Provide a valid ${field ?? "body"}`,
      `Provide a valid ${name}${inside}`,
    ),
  };
}

/**
 * Checks the body of a request against the document.
 *
 * @throws {Refusal} `VALIDATION_ERROR`.
 */
export function validateBody(
  document: JsonObject,
  operation: Operation,
  media: MediaType | undefined,
  body: unknown,
): void {
  if (body === undefined) {
    if (operation.body?.required === true)
      throw validationError({ message: "Provide a body: it is missing" });
    return;
  }
  if (media?.pointer === undefined) return;
  const { isValid, errorsOf } = validatorOf(document);
  if (isValid("request", media.pointer, body)) return;
  const excerpt = excerptOf(body);
  const details = explainErrors(errorsOf(media.pointer, excerpt.value).filter(excerpt.holds));
  const unexplained = { message: "Provide a valid body: it is too large to say what is wrong" };
  throw new Refusal("VALIDATION_ERROR", { details: details.length > 0 ? details : [unexplained] });
}
