import { bodiesAndAnswers } from "./bodies-and-answers.js";
import type { EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";
import { operations } from "./operations.js";
import { wholeDocument } from "./whole-document.js";

/** What the users' programs call that is in the spec already. */
const CALLED = {
  "thumbnails.fromText": "POST /v2/thumbnail/text",
  "thumbnails.score": "POST /v2/thumbnail/score",
  "titles.fromText": "POST /v2/title/text",
  "styles.create": "POST /v2/pikzonality/style",
  "pikzonalities.get": "GET /v2/pikzonality/{id}",
};

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

/** @throws {NotApplicable} If a program calls an operation that today's spec has no longer. */
function checkApplicable(program: string, document: EvolvingDocument): void {
  for (const [method, operation] of Object.entries(CALLED))
    if (program.includes(`.${method}(`)) document.operation(operation);
}
