import { InputError } from "./input-error.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { createLocator } from "./locate.js";
import type { SourceText } from "./source-text.js";

/** Something wrong within one document, at the location that these keys lead to. */
export interface Problem {
  path: readonly (string | number)[];
  message: string;
}

/** An error that lists the problems with their positions, one per line. */
export function problemsError(source: SourceText, problems: readonly Problem[]): InputError {
  return new InputError(problemLines(source, problems).join("\n"));
}

/** Each problem as `file:line:column: message`. */
export function problemLines(source: SourceText, problems: readonly Problem[]): string[] {
  const locate = createLocator();
  return problems.map(({ path, message }) => {
    const position = locate(source, toPointer(path));
    return InputError.at(source.file, position, message).message;
  });
}
