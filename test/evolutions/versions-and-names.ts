import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { SENT } from "./access.js";
import { CALL_TEXT, READ_BACK } from "./bodies-and-answers.js";
import { changeObjects, NotApplicable, type EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";

const TEXT = "/v2/thumbnail/text";

/** A path item under version 3, with operationIds to match. */
function inVersion3(item: unknown): unknown {
  return JSON.parse(JSON.stringify(item).replaceAll("_v2_", "_v3_"));
}

/** Removes the operations whose path starts so. */
function removeBelow(document: EvolvingDocument, start: string): void {
  const paths = document.paths();
  const gone = Object.keys(paths).filter((path) => path.startsWith(start));
  if (gone.length === 0) throw new NotApplicable(`no operation below ${start}`);
  for (const path of gone) Reflect.deleteProperty(paths, path);
}

const HARD_WORDS =
  "Ends */ here, `code`, ${value}, <b>bold</b> | cell 🏔\r\nand goes on\\ @deprecated";

/** Versions of the API, groups of operations, and what everything is called. */
export const versionsAndNames: Evolution[] = [
  {
    name: "the whole API moves to /v3, with new operationIds",
    change: (document) => {
      document.operation(`POST ${TEXT}`);
      const paths = document.paths();
      for (const [path, item] of Object.entries(paths)) {
        Reflect.deleteProperty(paths, path);
        paths[path.replace(/^\/v2\//, "/v3/")] = inVersion3(item);
      }
    },
    program: `${SENT}
assert(new URL(sent.url).pathname === "/v3/thumbnail/text");`,
  },
  {
    name: "every operation is there under /v2 and /v3",
    change: (document) => {
      const paths = document.paths();
      for (const [path, item] of Object.entries(paths))
        paths[path.replace(/^\/v2\//, "/v3/")] = inVersion3(item);
    },
    program: `${CALL_TEXT}
const newer = await pikzels.thumbnails.textV3({ prompt: "A summit", model: "pkz_4_5", format: "16:9" });
assert(typeof newer.output === "string");`,
  },
  {
    name: "a whole group of operations is removed",
    change: (document) => {
      removeBelow(document, "/v2/pikzonality");
    },
    program: `${CALL_TEXT}
assert(!("personas" in pikzels) && !("styles" in pikzels) && !("pikzonalities" in pikzels));`,
  },
  {
    name: "the operation of the first program is removed",
    change: (document) => {
      removeBelow(document, TEXT);
    },
    program: `assert(!("fromText" in pikzels.thumbnails));`,
  },
  {
    name: "operations have no operationIds",
    change: (document) => {
      for (const [, operation] of document.operations())
        Reflect.deleteProperty(operation, "operationId");
    },
    program: `${CALL_TEXT}
${READ_BACK}`,
  },
  {
    name: "descriptions hold what comments, code and tables end at",
    change: ({ root }) => {
      changeObjects(root, (object: JsonObject) => {
        const isDescribed =
          typeof object["description"] === "string" || isObject(object["properties"]);
        if (isDescribed) object["description"] = HARD_WORDS;
        if (typeof object["summary"] === "string") object["summary"] = HARD_WORDS;
      });
    },
    program: CALL_TEXT,
  },
];
