import { expect, test } from "vitest";
import { pathParameters } from "../../scripts/generate/client/parameters.js";
import { nextVersion } from "./support/next-version.js";
import { listOperations } from "../../scripts/generate/operation-list.js";

const RESERVED = ["import", "this", "enum", "typeof", "static"];

function documentOf(...paths: string[]) {
  return {
    openapi: "3.1.0",
    info: { title: "Arguments", version: "v2" },
    paths: Object.fromEntries(
      paths.map((path) => [path, { get: { responses: { 204: { description: "Done" } } } }]),
    ),
  };
}

test.each([
  ["/v2/pet/{pet-id}", ["petId"]],
  ["/v2/pet/{pet-id}/{petId}", ["petId", "parameter2"]],
  ["/v2/pet/{body}/{options}/{1st}", ["parameter1", "parameter2", "parameter3"]],
  ...RESERVED.map((word) => [`/v2/pet/{${word}}`, ["parameter1"]] as const),
] as const)("the path %s has the arguments %j", (path, names) => {
  const document = documentOf(path);
  const source = { file: "api.json", text: JSON.stringify(document), lineOffset: 0 };
  const [operation] = listOperations({ source, document, title: "" });
  expect(operation && pathParameters(document, operation).map(({ name }) => name)).toEqual(names);
});

test("path parameters with reserved names make a client", async () => {
  const version = await nextVersion(documentOf(...RESERVED.map((word) => `/v2/${word}/{${word}}`)));
  const { files } = version;
  expect(files.get("client.ts")).toContain("parameter1: string");
  await version.remove();
});
