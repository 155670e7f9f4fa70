import { expect, test } from "vitest";
import { locate } from "../../scripts/lib/locate.js";

const text = `openapi: 3.0.3
paths:
  /a/{id}:
    get:
      parameters:
        - name: id
        - {name: other, in: query}
      responses: {}
"200": quoted
? : no key
`;

test.each([
  ["", 1, 1],
  ["/openapi", 1, 1],
  ["/paths/~1a~1{id}", 3, 3],
  ["/paths/~1a~1{id}/get/parameters/1", 7, 11],
  ["/paths/~1a~1{id}/get/parameters/1/in", 7, 25],
  ["/200", 9, 1],
])("locate finds %s", (pointer, line, column) => {
  expect(locate({ file: "a.yaml", text, lineOffset: 0 }, pointer)).toEqual({ line, column });
});

test.each([
  ["/paths/~1a~1{id}/get/requestBody/content", 4, 5],
  ["/paths/~1a~1{id}/get/parameters/7", 5, 7],
  ["/paths/~1a~1{id}/get/parameters/x", 5, 7],
  ["/openapi/deeper", 1, 1],
  ["/nothing", 1, 1],
])("locate finds the deepest existing part if %s is missing", (pointer, line, column) => {
  expect(locate({ file: "a.yaml", text, lineOffset: 0 }, pointer)).toEqual({ line, column });
});

test("locate finds a position in JSON", () => {
  const json = '{\n  "a": [\n    {"b": 1}\n  ]\n}';
  const place = locate({ file: "a.json", text: json, lineOffset: 0 }, "/a/0/b");
  expect(place).toEqual({ line: 3, column: 6 });
});

test("locate counts lines from the top of the page", () => {
  expect(locate({ file: "a.md", text, lineOffset: 10 }, "/paths").line).toBe(12);
});

test.each([
  ["nothing", ""],
  ["a comment", "# only this\n"],
  ["broken text", "a: [1, 2\nb: }"],
  ["a scalar", "just text"],
  ["an undefined alias", "a: *nowhere"],
])("locate names a position in %s without failing", (_name, odd) => {
  const { line, column } = locate({ file: "a.yaml", text: odd, lineOffset: 0 }, "/a/b");
  expect(line).toBeGreaterThanOrEqual(1);
  expect(column).toBeGreaterThanOrEqual(1);
});
