import { PikzelsInputError } from "./errors/classes.js";

const MAX_LENGTH = 200;

/** Dot segments, slashes and control characters, also percent-encoded: a server may decode them. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const PATH_CHANGING = /^(\.|%2e){1,2}$|[/\\\x00-\x1f\x7f]|%(2f|5c|[01][\da-f]|7f)/i;

/**
 * Puts ids in the place of a path template's parameters.
 *
 * @throws {PikzelsInputError} for an id that would change the path; the message underlines it.
 */
export function fillPath(template: string, idFor: (parameter: string) => unknown): string {
  return template.replaceAll(/\{([^{}]+)\}/g, (_braced, parameter: string, offset: number) => {
    const id = idFor(parameter);
    const segment = typeof id === "string" ? encoded(id) : undefined;
    if (segment !== undefined) return segment;
    throw new PikzelsInputError(underlined(template.slice(0, offset), id));
  });
}

/** The id as a path segment; `undefined` where it cannot safely be one. */
function encoded(id: string): string | undefined {
  if (id === "" || id.length > MAX_LENGTH || PATH_CHANGING.test(id)) return undefined;
  try {
    return encodeURIComponent(id);
  } catch {
    // A lone surrogate: not well-formed Unicode.
    return undefined;
  }
}

function underlined(before: string, id: unknown): string {
  const shown = typeof id === "string" ? JSON.stringify(id.slice(0, 40)).slice(1, -1) : typeof id;
  return `This id is empty, not a string, over ${MAX_LENGTH} characters, or would change the path:
${before}${shown}
${" ".repeat(before.length)}${"^".repeat(shown.length || 1)}
Pass the id as the API gave it.`;
}
