import { PikzelsInputError } from "pikzels-client";
import { describe, expect, test } from "vitest";
import type { OperationFacts, ParameterFacts } from "../../src/generated/operations.js";
import { serializeHeaders, serializeQuery } from "../../src/wrappers/parameters.js";
import { fillPath } from "../../src/wrappers/request-path.js";

const operation = (path: string, ...parameters: ParameterFacts[]): OperationFacts => ({
  method: "GET",
  path,
  name: "things.get",
  parameters,
});

/** The parameter of the table, with the style and explode that the document gives it, if any. */
const color = (
  location: ParameterFacts["in"],
  style: ParameterFacts["style"] | undefined,
  explode: boolean | undefined,
): ParameterFacts => ({
  name: "color",
  in: location,
  ...(style && { style }),
  ...(explode !== undefined && { explode }),
});

const array = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

// https://spec.openapis.org/oas/v3.1.1.html#style-examples
describe("a parameter is written as in the table of OpenAPI's style examples", () => {
  test.each([
    ["form", undefined, "blue", "?color=blue"],
    ["form", undefined, array, "?color=blue&color=black&color=brown"],
    ["form", undefined, object, "?R=100&G=200&B=150"],
    ["form", false, array, "?color=blue,black,brown"],
    ["form", false, object, "?color=R,100,G,200,B,150"],
    ["spaceDelimited", false, array, "?color=blue%20black%20brown"],
    ["pipeDelimited", false, array, "?color=blue|black|brown"],
    ["deepObject", true, object, "?color[R]=100&color[G]=200&color[B]=150"],
    [undefined, undefined, array, "?color=blue&color=black&color=brown"],
  ] as const)("query, %s, explode %s: %j", (style, explode, value, query) => {
    const parameter = color("query", style, explode);
    expect(serializeQuery(operation("/", parameter), { color: value })).toBe(query);
  });

  test.each([
    ["simple", undefined, "blue", "blue"],
    ["simple", undefined, array, "blue,black,brown"],
    ["simple", undefined, object, "R,100,G,200,B,150"],
    ["simple", true, object, "R=100,G=200,B=150"],
    ["label", undefined, "blue", ".blue"],
    ["label", false, array, ".blue,black,brown"],
    ["matrix", undefined, "blue", ";color=blue"],
    ["matrix", false, array, ";color=blue,black,brown"],
    ["matrix", true, array, ";color=blue;color=black;color=brown"],
    [undefined, undefined, array, "blue,black,brown"],
    [undefined, undefined, true, "true"],
    [undefined, undefined, 7, "7"],
  ] as const)("path, %s, explode %s: %j", (style, explode, value, segment) => {
    const parameter = color("path", style, explode);
    const path = fillPath(operation("/of/{color}/end", parameter), () => value);
    expect(path).toBe(`/of/${segment}/end`);
  });

  test("headers are simple, and not percent-encoded", () => {
    const facts = operation("/", { name: "X-Color", in: "header" });
    expect(serializeHeaders(facts, { "x-color": "a b/" })).toEqual({
      "x-color": "a b/",
    });
    expect(serializeHeaders(facts, { "x-color": array as never })).toEqual({
      "x-color": "blue,black,brown",
    });
    expect(serializeHeaders(facts, [["X-Color", "blue"]])).toEqual({ "x-color": "blue" });
    expect(serializeHeaders(facts, new Headers({ "X-Other": "1" }))).toEqual({ "x-other": "1" });
  });
});

describe("the values of parameters", () => {
  test("are left out if they are undefined, null or an empty list, and are written undescribed", () => {
    const facts = operation("/", { name: "tags", in: "query" });
    const query = { tags: [], none: undefined, null: null, page: 2, "a b": "c&d" };
    expect(serializeQuery(facts, query)).toBe("?page=2&a%20b=c%26d");
    expect(serializeQuery(facts, undefined)).toBe("");
    expect(serializeQuery({ method: "GET", path: "/", name: "a.get" }, { page: 2 })).toBe(
      "?page=2",
    );
  });

  test("are JSON if the document says so, and keep reserved characters if it allows them", () => {
    const json = operation("/", { name: "area", in: "query", json: true });
    expect(serializeQuery(json, { area: { width: 7 } })).toBe("?area=%7B%22width%22%3A7%7D");
    const reserved = operation("/", { name: "at", in: "query", allowReserved: true });
    expect(serializeQuery(reserved, { at: "a/b:c" })).toBe("?at=a/b:c");
    expect(serializeQuery(operation("/"), { at: "a/b:c" })).toBe("?at=a%2Fb%3Ac");
  });

  test("that are required and missing are all named, before anything is sent", () => {
    const facts = operation(
      "/",
      { name: "page", in: "query", required: true },
      { name: "size", in: "query", required: true },
      { name: "sort", in: "query" },
      { name: "X-Workspace", in: "header", required: true },
    );
    const missing = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        if (error instanceof PikzelsInputError) return [error.message, error.fields];
      }
      return undefined;
    };
    expect(missing(() => serializeQuery(facts, { Page: 1, sort: "up" }))).toEqual([
      "Give the query parameter page and size. Nothing was sent.",
      ["page", "size"],
    ]);
    expect(missing(() => serializeHeaders(facts, {}))).toEqual([
      "Give the header parameter X-Workspace. Nothing was sent.",
      ["X-Workspace"],
    ]);
    expect(missing(() => serializeHeaders(facts, { "x-other": "a" }))?.[1]).toEqual([
      "X-Workspace",
    ]);
    expect(missing(() => serializeHeaders(facts, { "x-workspace": "a" }))).toBeUndefined();
    expect(missing(() => serializeQuery(facts, { page: null, size: 1 }))?.[1]).toEqual(["page"]);
  });

  test("that are no object are refused", () => {
    expect(() => serializeQuery(operation("/"), "page=1")).toThrow(
      "The query parameters must be an object.",
    );
  });

  test.each<[unknown, string]>([
    [[], "a list without items"],
    [["a", ""], "an empty item"],
    [["a", "../b"], "an item that changes the path"],
    [{ "a/b": 1 }, "a name that changes the path"],
    [[Number.NaN], "no finite number"],
    [undefined, "nothing"],
    [[{ deep: 1 }], "an object inside"],
  ])("in a path are refused: %j (%s)", (value) => {
    const facts = operation("/of/{color}", { name: "color", in: "path" });
    expect(() => fillPath(facts, () => value)).toThrow(/would change the path: \/of\/\[/);
  });

  test("of a path come in order, by name and by position", () => {
    const asked: unknown[] = [];
    const path = fillPath(operation("/{a}/x/{b}"), (name, index) => {
      asked.push([name, index]);
      return name + name;
    });
    expect(path).toBe("/aa/x/bb");
    expect(asked).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  test("of a path that the document does not describe are ids", () => {
    const others = [{ name: "a", in: "query" } as const, { name: "b", in: "path" } as const];
    expect(() => fillPath(operation("/{a}", ...others), () => 7)).toThrow(/type.*\/\[number\]/);
    expect(() => fillPath(operation("/{a}"), () => "\ud800")).toThrow(/would change the path/);
    expect(fillPath(operation("/{a}"), () => "ü b")).toBe("/%C3%BC%20b");
  });

  test("that are nested too deep for their style are refused", () => {
    expect(() => serializeQuery(operation("/"), { at: { a: { b: 1 } } })).toThrow(
      "The parameter at cannot be written.",
    );
  });
});
