import { access } from "./access.js";
import { checkApplicable } from "./applicable.js";
import { bodiesAndAnswers } from "./bodies-and-answers.js";
import type { Evolution } from "./evolution.js";
import { errors } from "./errors.js";
import { operations } from "./operations.js";
import { parameters } from "./parameters.js";
import { versionsAndNames } from "./versions-and-names.js";
import { wholeDocument } from "./whole-document.js";

/** Every next version of the spec to try. */
export const evolutions: readonly Evolution[] = [
  ...bodiesAndAnswers,
  ...operations,
  ...wholeDocument,
  ...parameters,
  ...versionsAndNames,
  ...errors,
  ...access,
].map((evolution) => ({
  ...evolution,
  change: (document) => {
    checkApplicable(evolution.program, document);
    evolution.change(document);
  },
}));
