import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { CALL_TEXT } from "./bodies-and-answers.js";
import { changeObjects, NotApplicable, type EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";

const REFUSED = `
const refused = await pikzels.pikzonalities.get("00000000-0000-4000-8000-000000000000").catch((error: unknown) => error);
assert(client.isPikzelsApiError(refused) && refused.code === "NOT_FOUND");`;

/** The schemas of errors: an object with an `error` that has a `code`. */
function changeErrors(
  { root }: EvolvingDocument,
  change: (schema: JsonObject, error: JsonObject) => void,
) {
  let changed = 0;
  changeObjects(root, (schema) => {
    const error = objectAt(schema, "properties", "error");
    if (!isObject(objectAt(error, "properties")["code"])) return;
    change(schema, error);
    changed += 1;
  });
  if (changed === 0) throw new NotApplicable("no schema of errors");
}

/** How errors are written. */
export const errors: Evolution[] = [
  {
    name: "the code of an error moves to the top",
    change: (document) => {
      changeErrors(document, (schema, error) => {
        schema["required"] = [...(error["required"] as string[]), "request_id"];
        schema["properties"] = {
          ...objectAt(error, "properties"),
          request_id: { type: "string" },
        };
      });
    },
    program: `${CALL_TEXT}
${REFUSED}`,
  },
  {
    name: "errors are application/problem+json, for ranges of statuses",
    change: (document) => {
      for (const [title] of document.operations()) {
        const responses = document.responses(title);
        const content = objectAt(responses, "404", "content");
        for (const status of Object.keys(responses))
          if (!status.startsWith("2")) Reflect.deleteProperty(responses, status);
        const failure = {
          description: "Error",
          content: { "application/problem+json": content["application/json"] },
        };
        Object.assign(responses, { "4XX": failure, "5XX": failure });
      }
    },
    program: `${CALL_TEXT}
${REFUSED}`,
  },
];
