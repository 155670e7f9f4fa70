import { InputError } from "./input-error.js";

/**
 * Replaces everything between `<!-- generated: NAME -->` and `<!-- /generated: NAME -->` on a page,
 * so that a page written by hand can have generated parts.
 *
 * @param blocks Markdown by name. The page must have markers for each of them.
 * @throws {InputError} for a block that has no markers on the page.
 */
export function fillMarkedBlocks(
  file: string,
  page: string,
  blocks: Readonly<Record<string, string>>,
): string {
  return Object.entries(blocks).reduce((text, [name, markdown]) => {
    const [start, end] = [`<!-- generated: ${name} -->`, `<!-- /generated: ${name} -->`];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new InputError(`${file}: has no ${start} … ${end}`);
    return `${text.slice(0, from + start.length)}\n\n${markdown.trim()}\n\n${text.slice(to)}`;
  }, page);
}
