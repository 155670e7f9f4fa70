import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { PikzelsInputError } from "pikzels-client";
import { describe, expect, test } from "vitest";
import type { OperationFacts } from "../../src/generated/operations.js";
import { serializeParameter } from "../../src/wrappers/parameters.js";
import { checkBody, encodeBody } from "../../src/wrappers/request-body.js";

/** The facts of an operation that takes a body of this media type. */
const taking = (mediaType: string, required = false): OperationFacts => ({
  method: "POST",
  path: "/things",
  name: "things.create",
  body: { mediaType, ...(required && { required }) },
});

const FORM = taking("multipart/form-data");
const SEARCH = taking("application/x-www-form-urlencoded");
const BYTES = taking("image/png");

const formOf = (value: unknown) => encodeBody(FORM, value).body as FormData;

describe("a body is serialised in the media type that the operation takes", () => {
  test("as JSON, also for a type that ends in +json", () => {
    for (const mediaType of ["application/json", "application/merge-patch+json"]) {
      const encoded = encodeBody(taking(mediaType), { a: 1, b: undefined });
      expect(encoded).toEqual({ body: '{"a":1}', contentType: mediaType });
    }
  });

  test("as a form, with a part for each field and each item of a list", async () => {
    const file = new File([Uint8Array.of(1, 2)], "a.bin", { type: "image/png" });
    const value = { name: "Summit", size: 7, tags: ["a", "b"], file, none: undefined, null: null };
    const { body, contentType } = encodeBody(FORM, { ...value, options: { deep: [1] } });

    const form = body as FormData;
    expect([...form.keys()]).toEqual(["name", "size", "tags", "tags", "file", "null", "options"]);
    expect(form.get("size")).toBe("7");
    expect(form.getAll("tags")).toEqual(["a", "b"]);
    expect(form.get("file")).toMatchObject({ name: "a.bin", type: "image/png", size: 2 });
    const options = form.get("options") as File;
    expect(options.type).toBe("application/json");
    expect(await options.text()).toBe('{"deep":[1]}');
    // The platform sets it, with its boundary.
    expect(contentType).toBeUndefined();
  });

  test("as a copy, if it is a form", () => {
    const given = new FormData();
    given.append("tag", "a");
    given.append("tag", "b");
    const form = formOf(given);
    given.append("tag", "late");
    given.delete("tag");
    expect(form.getAll("tag")).toEqual(["a", "b"]);
  });

  test("as url-encoded text", () => {
    const value = { name: "a b&c", tags: ["x", "y"], options: { deep: 1 }, none: undefined };
    const text = "name=a+b%26c&tags=x&tags=y&options=%7B%22deep%22%3A1%7D";
    expect(encodeBody(SEARCH, value).body).toBe(text);
    expect(encodeBody(SEARCH, new URLSearchParams(text)).body).toBe(text);
  });

  test("unchanged, if it is text or a Blob", () => {
    const blob = new Blob(["a"]);
    expect(encodeBody(BYTES, blob).body).toBe(blob);
    expect(encodeBody(taking("text/plain"), "a").body).toBe("a");
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => unknown]>([
    ["an ArrayBuffer", ({ buffer }) => buffer],
    ["part of an ArrayBuffer", (bytes) => bytes.subarray(1, 3)],
    ["a DataView", ({ buffer }) => new DataView(buffer, 1, 2)],
  ])("as a copy of the bytes of %s", async (_what, make) => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const given = make(bytes);
    const expected = ArrayBuffer.isView(given) ? [2, 3] : [1, 2, 3, 4];
    const { body, contentType } = encodeBody(BYTES, given);
    bytes.fill(0);
    expect([...new Uint8Array(await (body as Blob).arrayBuffer())]).toEqual(expected);
    expect(contentType).toBe("image/png");
  });

  test("even if its parts come from another realm, as in Jest", () => {
    const bytes: unknown = runInNewContext("new Uint8Array([1, 2]).buffer");
    expect(bytes).not.toBeInstanceOf(ArrayBuffer);
    const { body } = encodeBody(BYTES, bytes);
    expect((body as Blob).size).toBe(2);

    const form = {
      [Symbol.toStringTag]: "FormData",
      *[Symbol.iterator]() {
        yield ["a", "b"];
      },
    };
    expect([...formOf(form)]).toEqual([["a", "b"]]);
    const search = { [Symbol.toStringTag]: "URLSearchParams", toString: () => "a=b" };
    expect(encodeBody(SEARCH, search).body).toBe("a=b");
  });

  test("not at all, if the operation takes none or none is passed", () => {
    const nothing = { body: undefined, contentType: undefined };
    expect(encodeBody({ method: "GET", path: "/", name: "a.b" }, { a: 1 })).toEqual(nothing);
    expect(encodeBody(FORM, undefined)).toEqual(nothing);
  });
});

describe("a body that cannot be serialised is refused before anything is sent", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  test.each<[string, OperationFacts, unknown, string]>([
    ["a cycle", taking("application/json"), circle, "cannot be written as JSON"],
    ["a BigInt", taking("application/json"), { a: 1n }, "cannot be written as JSON"],
    ["a getter that throws", taking("application/json"), throwing(), "cannot be written as JSON"],
    ["a list as a form", FORM, [1], "must be an object"],
    ["a string as a form", FORM, "a=b", "must be an object"],
    ["null as url-encoded text", SEARCH, null, "must be an object"],
    ["a cycle in a form", FORM, { circle }, "cannot be written as JSON"],
    ["an object as bytes", BYTES, { a: 1 }, "must be text, a Blob"],
    ["a number as bytes", BYTES, 7, "must be text, a Blob"],
  ])("%s", (_what, facts, value, words) => {
    expect(() => encodeBody(facts, value)).toThrow(PikzelsInputError);
    expect(() => encodeBody(facts, value)).toThrow(words);
  });

  class Hidden {
    readonly #prompt = "a";
    prompt = () => this.#prompt;
  }
  Object.defineProperty(Hidden.prototype, Symbol.toStringTag, { value: "Hidden" });
  const hidden = Object.defineProperty(new Hidden(), "prompt", { enumerable: false });
  const losses: [string, unknown][] = [
    ["Map", new Map([["prompt", "a"]])],
    ["Set", new Set(["a"])],
    ["RegExp", /a/],
    ["String Iterator", "a"[Symbol.iterator]()],
    ["Promise", Promise.resolve("a")],
    ["Blob", new Blob(["a"])],
    ["FormData", new FormData()],
    ["Hidden", hidden],
    ["Map", runInNewContext("new Map([['prompt', 'a']])")],
  ];
  test.each(losses)("a %s, of which JSON and forms keep nothing: %o", (what, value) => {
    const bodies: [OperationFacts, unknown][] = [
      [taking("application/json"), value],
      [taking("application/json"), { a: { deep: [value] } }],
      [FORM, { a: { deep: value } }],
      [SEARCH, { a: value }],
      ...(/^(FormData|Blob)$/.test(what) ? [] : [[FORM, value] as [OperationFacts, unknown]]),
      [SEARCH, value],
    ];
    for (const [facts, body] of bodies) {
      expect(() => encodeBody(facts, body)).toThrow(PikzelsInputError);
      expect(() => encodeBody(facts, body)).toThrow(what);
    }
  });

  test.each([
    ["a function", { prompt: () => "a" }, "prompt is a value that JSON would lose (Function)"],
    ["a symbol", { prompt: Symbol("a") }, "prompt is a value that JSON would lose (Symbol)"],
    ["a Map as the body itself", new Map(), "it is a value that JSON would lose (Map)"],
    [
      "NaN, which JSON turns into null",
      { count: NaN },
      "count is a value that JSON would lose (NaN)",
    ],
    [
      "Infinity, which JSON turns into null",
      { nested: { count: -Infinity } },
      "count is a value that JSON would lose (-Infinity)",
    ],
  ])("a field with %s, by its name", (_what, body, words) => {
    expect(() => encodeBody(taking("application/json"), body)).toThrow(words);
    expect(() => encodeBody(taking("application/json"), body)).toThrow(PikzelsInputError);
  });

  test("but not for an object that JSON can write", () => {
    class Point {
      x = 1;
    }
    const body = {
      point: new Point(),
      date: new Date(0),
      boxed: new String("a"),
      bare: Object.create(null) as object,
      foreign: runInNewContext("({ a: [{}] })") as object,
      none: null,
      list: [],
      absent: undefined,
    };
    expect(encodeBody(taking("application/json"), body).body).toBe(JSON.stringify(body));
  });

  test("without copying what the errors of its getters and its toJSON contain", () => {
    const key = "pkz_canary_7f3a9c";
    const fail = () => {
      throw Object.assign(new Error(`it is ${key}`), { key });
    };
    const hostile = [new Proxy({ a: 1 }, { get: fail, ownKeys: fail }), { toJSON: fail }];
    for (const body of hostile) {
      let error: unknown;
      try {
        checkBody(taking("application/json"), body);
        encodeBody(taking("application/json"), body);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(PikzelsInputError);
      expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(key);
    }
  });

  test("if a parameter cannot be written, without copying what its error contains", () => {
    const key = "pkz_canary_7f3a9c";
    const toJSON = () => {
      throw Object.assign(new Error(`it is ${key}`), { key });
    };
    let error: unknown;
    try {
      serializeParameter("filter", { toJSON }, { name: "filter", in: "query", json: true });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "PikzelsInputError", fields: ["filter"] });
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(key);
  });

  test("if it is missing, and only then if it is required", () => {
    expect(() => {
      checkBody(taking("text/plain", true), undefined);
    }).toThrow("is missing");
    expect(() => {
      checkBody(taking("text/plain"), undefined);
    }).not.toThrow();
    expect(() => {
      checkBody(taking("text/plain", true), 7);
    }).not.toThrow();
    expect(() => {
      checkBody(taking("application/json"), 7);
    }).toThrow("must be an object");
    expect(() => {
      checkBody(taking("application/json"), [7]);
    }).not.toThrow();
  });
});

function throwing(): object {
  return {
    get a() {
      throw new Error("pkz_secret_of_a_getter");
    },
  };
}
