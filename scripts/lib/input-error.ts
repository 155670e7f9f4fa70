import { printable } from "./printable.js";

/** A place in a file, counted from 1 as editors do. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Something is wrong with what the user gave us, not with the program.
 *
 * A command prints its message as it stands, without a stack trace, and exits with 2; so a message
 * is one line that says what is wrong, where, and what to do next. Several at once are joined by
 * line breaks, one problem a line.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  /** An error at a place: `file:line:column: message`, the form that editors make clickable. */
  static at(file: string, position: Position | undefined, message: string): InputError {
    const place = position ? `${file}:${position.line}:${position.column}` : file;
    // Messages quote documents, and a document may come from anywhere.
    return new InputError(printable(`${place}: ${message}`));
  }
}
