import { expect, test } from "vitest";
import { isJsonSchemaVersion, openApiVersion } from "../../src/openapi/version.js";

test.each([
  ["3.0.3", 0],
  ["3.1.0", 1],
  ["3.2.0", 2],
  ["3.10.1", 10],
  ["3.1", 1],
  ["3.1.0-rc1", 1],
  ["3.1-rc1", 1],
])("%s is a version of OpenAPI 3, with the minor version %i", (text, minor) => {
  expect(openApiVersion({ openapi: text })).toEqual({ text, major: 3, minor });
});

test.each([
  [{ openapi: "2.0" }],
  [{ openapi: "4.0.0" }],
  [{ openapi: "3" }],
  [{ openapi: "30.1.0" }],
  [{ openapi: 3.1 }],
  [{ swagger: "2.0" }],
  [["openapi"]],
  ["3.1.0"],
  [null],
])("%j is no document of OpenAPI 3", (document) => {
  expect(openApiVersion(document)).toBeUndefined();
});

test("schemas are JSON Schema from OpenAPI 3.1 on", () => {
  const areJsonSchema = ["3.0.3", "3.1.0", "3.2.0"].map((openapi) => {
    const version = openApiVersion({ openapi });
    return version && isJsonSchemaVersion(version);
  });
  expect(areJsonSchema).toEqual([false, true, true]);
});
