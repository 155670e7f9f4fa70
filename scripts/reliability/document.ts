import { InputError } from "../lib/input-error.js";

const begin =
  "<!-- fault matrix: written by `npm run reliability` -->\n<!-- prettier-ignore-start -->\n";
const end = "<!-- prettier-ignore-end -->\n<!-- end of the fault matrix -->\n";

/**
 * The document with its table replaced.
 *
 * @throws {InputError} if the markers around the table are missing.
 */
export function withTable(document: string, table: string): string {
  const [before, rest, ...more] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined || more.length > 0)
    throw new InputError(
      `the marks around the table are missing: ${begin.trim()} … ${end.trim()}`.replaceAll(
        "\n",
        " ",
      ),
    );
  return `${before}${begin}\n${table}\n${end}${after}`;
}
