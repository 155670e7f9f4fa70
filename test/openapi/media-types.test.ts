import { expect, test } from "vitest";
import { essenceOf, isJsonType } from "../../src/openapi/media-types.js";

test.each([
  ["application/json", true],
  ["application/json; charset=utf-8", true],
  ["Application/Problem+JSON", true],
  ["application/x-ndjson", false],
  ["text/json-like", false],
  ["application/json-seq", false],
])("whether %s is JSON: %s", (mediaType, expected) => {
  expect(isJsonType(mediaType)).toBe(expected);
});

test.each([
  ["text/html", "text/html"],
  [" Text/HTML ; charset=utf-8; q=1", "text/html"],
  ["", ""],
])("the essence of the media type %j is %j", (mediaType, essence) => {
  expect(essenceOf(mediaType)).toBe(essence);
});
