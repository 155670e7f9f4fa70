import type { Evolution } from "./evolution.js";
import { addOperation, answer, body, closed } from "./new-operation.js";

const text = { type: "string" };
const FOUND = answer(closed({ found: text }, ["found"]));

/** Operations with parameters of kinds that the API does not have yet. */
export const parameters: Evolution[] = [
  {
    name: "path parameters are an integer and a reserved word",
    change: (document) => {
      addOperation(document, "GET /v2/job/{number}/{import}", {
        parameters: [
          { name: "number", in: "path", required: true, schema: { type: "integer", minimum: 1 } },
          { name: "import", in: "path", required: true, schema: text },
        ],
        success: FOUND,
      });
    },
    program: `
assert(typeof (await pikzels.job.get(7, "a")).found === "string");
// @ts-expect-error: the first is a number
void (() => pikzels.job.get("7", "a"));`,
  },
  {
    name: "query parameters are an object and lists with separators",
    change: (document) => {
      const list = { type: "array", items: text };
      addOperation(document, "GET /v2/search", {
        parameters: [
          { name: "filter", in: "query", style: "deepObject", schema: closed({ mode: text }, []) },
          { name: "ids", in: "query", style: "pipeDelimited", explode: false, schema: list },
        ],
        success: FOUND,
      });
    },
    program: `
const query = { filter: { mode: "style" }, ids: ["a", "b"] };
assert(typeof (await pikzels.search.get({ query })).found === "string");`,
  },
  {
    name: "a form takes several files and an object",
    change: (document) => {
      const file = { type: "string", format: "binary" };
      const fields = {
        files: { type: "array", items: file, minItems: 1 },
        crop: closed({ width: { type: "integer" } }, ["width"]),
      };
      addOperation(document, "POST /v2/dataset", {
        ...body(closed(fields, ["files"]), "multipart/form-data"),
        success: FOUND,
      });
    },
    program: `
const made = await pikzels.dataset.create({
  files: [new Blob(["a"]), new Blob(["b"])],
  crop: { width: 2 },
});
assert(typeof made.found === "string");`,
  },
];
