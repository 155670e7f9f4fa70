import { checkApplicable } from "./applicable.js";
import { bodiesAndAnswers } from "./bodies-and-answers.js";
import type { Evolution } from "./evolution.js";
import { operations } from "./operations.js";
import { wholeDocument } from "./whole-document.js";

/** Every next version of the spec to try. */
export const evolutions: readonly Evolution[] = [
  ...bodiesAndAnswers,
  ...operations,
  ...wholeDocument,
].map((evolution) => ({
  ...evolution,
  change: (document) => {
    checkApplicable(evolution.program, document);
    evolution.change(document);
  },
}));
