import { InputError } from "./input-error.js";

/**
 * Replaces what stands between `<!-- generated: NAME -->` and `<!-- /generated: NAME -->` of a page, so
 * that a page written by hand can hold parts that are derived.
 *
 * @param blocks Markdown by name. A page has to hold each of them.
 * @throws {InputError} for a block without a place in the page.
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
