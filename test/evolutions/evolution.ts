import type { EvolvingDocument } from "./document.js";

/** The form in which the published spec reaches us. */
export const FORMS = ["openapi.json", "pages"] as const;
export type Form = (typeof FORMS)[number];

/** A next version of the published spec, and what a user of the client does then. */
export interface Evolution {
  /** What the next version changes, as a row of the table: `an error code is added`. */
  name: string;
  change: (document: EvolvingDocument) => void;
  /**
   * The code a user would then write: statements with `pikzels` (against the emulator), `emulator`,
   * `assert`, and everything that the package exports as `client`. It has to compile and run.
   */
  program: string;
  /** Changes a page after it is written, so that the docs contradict each other. */
  changePage?: (page: string, index: number) => string;
  /** The forms that a person has to decide about, with the text of the one-line message. */
  stops?: Partial<Record<Form, RegExp>>;
}
