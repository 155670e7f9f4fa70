import type { ImageField, OperationFacts, PresenceRule } from "../generated/operations.js";
import { isRuleMet, ruleSentence } from "./presence-rule.js";
import { PikzelsInputError } from "./errors/classes.js";
import { isSafeToReach } from "./base-url.js";

/**
 * Checks a body against the spec's rules on image sources: which fields exclude or require each
 * other, and what an image field may hold. The compiler checks the same; this is for JavaScript.
 *
 * `undefined` counts as absent, since JSON leaves it out; null and "" count as given.
 *
 * @throws {PikzelsInputError} that names every field in question, never their values.
 */
export function checkImageSources(
  { rules = [], images = {} }: OperationFacts,
  body: unknown,
): void {
  const hasFields = rules.length > 0 || Object.keys(images).length > 0;
  // A newer document may have a list as a body.
  if (Array.isArray(body) && !hasFields) return;
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

function brokenRule(rule: PresenceRule, body: Record<string, unknown>): Problem | undefined {
  const given = rule.fields.map((name) => body[name] !== undefined);
  if (isRuleMet(rule.kind, given)) return undefined;
  return { fields: rule.fields, message: ruleSentence(rule) };
}

function wrongImage(name: string, field: ImageField, value: unknown): Problem | undefined {
  if (value === undefined) return undefined;
  const { pattern, minItems: least, maxItems: most = Infinity } = field;
  const images: unknown = least === undefined ? [value] : value;
  if (!Array.isArray(images) || images.length < (least ?? 0) || images.length > most) {
    return {
      fields: [name],
      message: `${name} must be an array of ${countOf(least ?? 0, most)} images.`,
    };
  }
  const source = new RegExp(pattern);
  const wrong = images.filter((image) => !isImageSource(image, source));
  if (wrong.length === 0) return undefined;
  return { fields: [name], message: `${name} must be ${wantedOf(source)}.${hintFor(wrong[0])}` };
}

function countOf(least: number, most: number): string {
  if (most === Infinity) return `at least ${least}`;
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** What a pattern accepts, found out by trying it. */
function wantedOf(source: RegExp): string {
  return [
    ...(source.test("https://example.com/image.png") ? ["an https address"] : []),
    ...(source.test("data:image/png;base64,iVBORw0KGgo=") ? ["a data URL of an image"] : []),
  ].join(" or ");
}

/**
 * Names the helpers that create an image source, for callers who pass a path, bare base64, bytes or
 * a Blob.
 */
function hintFor(image: unknown): string {
  const isText = typeof image === "string" && !/^(https?:|data:|$)/i.test(image);
  return isText || (typeof image === "object" && image !== null)
    ? " toImageDataUrl makes a data URL of bytes, readImage (pikzels-client/node) of a file."
    : "";
}

/**
 * An emulator hands out http addresses on loopback, which must be accepted when they are fed back.
 */
function isImageSource(image: unknown, source: RegExp): boolean {
  if (typeof image !== "string") return false;
  if (!image.startsWith("http:")) return source.test(image);
  return (
    URL.canParse(image) &&
    isSafeToReach(new URL(image)) &&
    source.test(image.replace("http:", "https:"))
  );
}
