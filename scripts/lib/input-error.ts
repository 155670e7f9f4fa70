import { printable } from "./printable.js";

/** A position in a file, counted from 1 as editors do. */
export interface Position {
  line: number;
  column: number;
}

/**
 * The user's input is wrong, not the program.
 *
 * A command prints the message as it is, without a stack trace, and exits with 2. A message is
 * therefore one line that says what is wrong, where, and what to do next. Several problems are
 * joined by line breaks, one per line.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  /** An error at a position: `file:line:column: message`, a form that editors make clickable. */
  static at(file: string, position: Position | undefined, message: string): InputError {
    const place = position ? `${file}:${position.line}:${position.column}` : file;
    // Messages quote documents, and a document may come from anywhere.
    return new InputError(printable(`${place}: ${message}`));
  }
}
