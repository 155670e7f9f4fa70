import type { ImageField, OperationFacts, PresenceRule } from "../generated/operations.js";
import { PikzelsInputError } from "./errors/classes.js";
import { isSafeToReach } from "./base-url.js";

/**
 * Holds a body against what the spec says of its image sources: which fields exclude or need each
 * other, and what an image field may hold. The compiler says the same; this is for JavaScript.
 *
 * `undefined` counts as absent, since JSON leaves it out; null and "" count as given.
 *
 * @throws {PikzelsInputError} that names every field in question, never their values.
 */
export function checkImageSources(
  { rules = [], images = {} }: OperationFacts,
  body: unknown,
): void {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new PikzelsInputError("The request body must be an object.");
  }
  const values = body as Record<string, unknown>;
  const problems = [
    ...rules.map((rule) => brokenRule(rule, values)),
    ...Object.entries(images).map(([name, field]) => wrongImage(name, field, values[name])),
  ].filter((problem) => problem !== undefined);
  if (problems.length === 0) return;
  throw new PikzelsInputError(problems.map(({ message }) => message).join(" "), {
    fields: [...new Set(problems.flatMap(({ fields }) => fields))],
  });
}

interface Problem {
  fields: readonly string[];
  message: string;
}

function brokenRule({ kind, fields }: PresenceRule, body: Record<string, unknown>) {
  const given = fields.filter((name) => body[name] !== undefined);
  const holds = {
    "exactly-one": given.length === 1,
    "at-most-one": given.length <= 1,
    "at-least-one": given.length >= 1,
    "all-or-none": given.length === 0 || given.length === fields.length,
  }[kind];
  if (holds) return undefined;
  const wanted = `Give ${kind.replaceAll("-", " ")} of ${fields.join(", ")}`;
  return { fields, message: `${wanted}; got ${given.join(", ") || "none"}.` };
}

function wrongImage(name: string, field: ImageField, value: unknown): Problem | undefined {
  if (value === undefined) return undefined;
  const { pattern, minItems: least, maxItems: most = Infinity } = field;
  const images: unknown = least === undefined ? [value] : value;
  const asked = least === most ? `${least}` : `${least} to ${most}`;
  if (!Array.isArray(images) || images.length < (least ?? 0) || images.length > most) {
    return { fields: [name], message: `${name} must be an array of ${asked} images.` };
  }
  const source = new RegExp(pattern);
  if (images.every((image) => isImageSource(image, source))) return undefined;
  const hint = pattern.includes("base64") ? " (toImageDataUrl makes such a data URL)" : "";
  return { fields: [name], message: `${name} must match ${pattern}${hint}.` };
}

/** An emulator hands out http addresses of this machine; feeding them back has to work as it would. */
function isImageSource(image: unknown, source: RegExp): boolean {
  if (typeof image !== "string") return false;
  if (!image.startsWith("http:")) return source.test(image);
  return (
    URL.canParse(image) &&
    isSafeToReach(new URL(image)) &&
    source.test(image.replace("http:", "https:"))
  );
}
