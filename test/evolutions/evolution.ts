import type { EvolvingDocument } from "./document.js";

/** How the published spec reaches us. */
export const FORMS = ["openapi.json", "pages"] as const;
export type Form = (typeof FORMS)[number];

/** A next version of the published spec, and what a user of the client then does. */
export interface Evolution {
  /** What the next version does, as a row of the table: `an error code is added`. */
  name: string;
  change: (document: EvolvingDocument) => void;
  /**
   * What a user would then write: statements with `pikzels` (against the emulator), `emulator`,
   * `assert`, and everything that the package exports as `client`. It has to compile and to run.
   */
  program: string;
  /** Changes a page after it was written; the docs then contradict each other. */
  changePage?: (page: string, index: number) => string;
  /** The forms in which a person has to decide, with what the one line says. */
  stops?: Partial<Record<Form, RegExp>>;
}
