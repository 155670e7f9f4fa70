import { readOperations, type MediaType } from "../../src/emulator/document/operations.js";
import { propertySchemas } from "../../src/emulator/document/property-schemas.js";
import { validatorOf } from "../../src/emulator/document/validator.js";
import { valueAt } from "../../src/openapi/pointer.js";
import { NotApplicable, type EvolvingDocument } from "./document.js";

const url = "https://cdn.pikzels.com/example.png";

/** What the users' programs call that is in the spec already: with this body, to read this. */
const CALLED: Record<string, { operation: string; body?: object; reads: string }> = {
  "thumbnails.fromText": {
    operation: "POST /v2/thumbnail/text",
    body: { prompt: "A summit", model: "pkz_4_5", format: "16:9" },
    reads: "output",
  },
  "thumbnails.score": {
    operation: "POST /v2/thumbnail/score",
    body: { image_url: url },
    reads: "main_score",
  },
  "titles.fromText": {
    operation: "POST /v2/title/text",
    body: { prompt: "A summit" },
    reads: "outputs",
  },
  "styles.create": {
    operation: "POST /v2/pikzonality/style",
    body: { name: "Summit", image_urls: [url, url, url] },
    reads: "id",
  },
  "pikzonalities.get": { operation: "GET /v2/pikzonality/{id}", reads: "id" },
};

/** @throws {NotApplicable} If a program makes a call that today's spec does not allow. */
export function checkApplicable(program: string, document: EvolvingDocument): void {
  for (const [method, call] of Object.entries(CALLED))
    if (program.includes(`.${method}(`) && !isPossible(call, document))
      throw new NotApplicable(`today's spec has no such call of ${method}`);
}

function isPossible(
  { operation: title, body, reads }: (typeof CALLED)[string],
  { root }: EvolvingDocument,
): boolean {
  const operation = readOperations(root).find(({ method, path }) => `${method} ${path}` === title);
  if (!operation) return false;
  const { parameters, success } = operation;
  if (parameters.some((one) => one.required && one.in !== "path")) return false;
  const answer = jsonPointer(success.content);
  if (!propertySchemas(root, valueAt(root, answer)).has(reads)) return false;
  if (!body) return operation.body === undefined;
  const taken = jsonPointer(operation.body?.content ?? []);
  return taken !== "" && validatorOf(root).isValid("request", taken, body);
}

/** JSON Pointer to the schema of what is sent as JSON. */
function jsonPointer(content: readonly MediaType[]): string {
  return content.find(({ name }) => name === "application/json")?.pointer ?? "";
}
