import { InputError } from "../lib/input-error.js";
import { toPointer } from "../lib/json-pointer.js";
import { createLocator } from "../lib/locate.js";
import type { SourceText } from "../lib/source-text.js";

/** Something wrong with one fragment by itself, at the keys that lead to the place. */
export interface Problem {
  path: readonly (string | number)[];
  message: string;
}

/** An error that names the place of each problem, one a line. */
export function problemsError(source: SourceText, problems: readonly Problem[]): InputError {
  const locate = createLocator();
  const lines = problems.map(({ path, message }) => {
    const position = locate(source, toPointer(path));
    return InputError.at(source.file, position, message).message;
  });
  return new InputError(lines.join("\n"));
}
