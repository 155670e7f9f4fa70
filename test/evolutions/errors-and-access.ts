import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { CALL_TEXT } from "./bodies-and-answers.js";
import { changeObjects, NotApplicable, type EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";
import { READ_BACK, secure } from "./whole-document.js";

const SCORE = "POST /v2/thumbnail/score";
const STYLE = "POST /v2/pikzonality/style";
const READ = "GET /v2/pikzonality/{id}";

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

/** How errors are written, and how the service is reached. */
export const errorsAndAccess: Evolution[] = [
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
  {
    name: "creation answers 201",
    change: (document) => {
      const responses = document.responses(STYLE);
      responses["201"] = responses["200"];
      Reflect.deleteProperty(responses, "200");
    },
    program: READ_BACK,
  },
  {
    name: "the values of a status are renamed",
    change: (document) => {
      document.property(document.answer(READ), "status")["enum"] = ["training", "ready", "error"];
    },
    program: `${READ_BACK}
const ready = await pikzels.pikzonalities.waitUntilReady(id, { intervalMs: 10 });
const status: "ready" = ready.status;
assert(status);`,
  },
  {
    name: "an operation has a server of its own",
    change: (document) => {
      document.operation(SCORE)["servers"] = [{ url: "https://score.pikzels.example" }];
    },
    program: CALL_TEXT,
    stops: {
      "openapi.json": /is at https:\/\/score\.pikzels\.example, but/,
      pages: /is at https:\/\/score\.pikzels\.example, but/,
    },
  },
  {
    name: "the key moves to the query",
    change: (document) => {
      secure(document, { key: { type: "apiKey", in: "query", name: "key" } }, [{ key: [] }]);
    },
    program: CALL_TEXT,
    stops: {
      "openapi.json": /cannot authenticate with key/,
      pages: /cannot authenticate with key/,
    },
  },
];
