import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { NotApplicable, type EvolvingDocument } from "./document.js";

/** Adds an operation whose failures are documented like those of the others. */
export function addOperation(
  document: EvolvingDocument,
  title: string,
  { success, ...operation }: JsonObject & { success: JsonObject },
): void {
  const [first] = document.operations();
  if (!first) throw new NotApplicable("no operation to model one on");
  const [modelTitle, model] = first;
  const [method = "", path = ""] = inMainVersion(title, modelTitle).split(" ");
  const failures = Object.entries(objectAt(model, "responses")).filter(
    ([status]) => status !== "200",
  );
  const paths = document.paths();
  paths[path] = {
    ...objectAt(paths, path),
    [method.toLowerCase()]: {
      operationId: `${method.toLowerCase()}${path.replaceAll(/\W+/g, "_")}`,
      summary: "New",
      ...operation,
      responses: { ...success, ...Object.fromEntries(failures) },
    },
  };
}

/** `POST /v2/upload` with the version of another title; without one if the server has it. */
function inMainVersion(title: string, other: string): string {
  const [version = ""] = /\/v\d+(?=\/)/.exec(other) ?? [];
  return title.replace(" /v2/", ` ${version}/`);
}

export const contentOf = (schema: JsonObject, mediaType = "application/json") => ({
  content: { [mediaType]: { schema } },
});
export const body = (schema: JsonObject, mediaType?: string) => ({
  requestBody: { required: true, ...contentOf(schema, mediaType) },
});
export const answer = (schema: JsonObject, status = "200") => ({
  [status]: { description: "Success", ...contentOf(schema) },
});
export const closed = (properties: JsonObject, required: string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
export const OUTPUT = closed({ output: { type: "string" }, request_id: { type: "string" } }, [
  "output",
  "request_id",
]);
