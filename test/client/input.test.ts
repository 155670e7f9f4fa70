import fc from "fast-check";
import { PikzelsInputError, type PikzelsOptions } from "pikzels-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { OperationFacts } from "../sample-api/generated/operations.js";
import { checkImageSources } from "../../src/wrappers/image-source.js";
import { CANARY, ID, json, stubClient, TEXT_BODY } from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const PNG = "data:image/png;base64,iVBORw0KGgo=";
const URL_1 = "https://example.com/1.png";

describe("ids", () => {
  const hostile = [
    "",
    ".",
    "..",
    "%2e",
    "%2E%2e",
    ".%2e",
    "a/b",
    "/",
    "..\\..",
    "a%2Fb",
    "a%5cb",
    "a\nb",
    "a\u0000",
    "\u007f",
    "%00",
    "%1F",
    "%7f",
    "a%0a",
    "\u001f",
    "\ud800",
    "x".repeat(201),
    undefined,
    null,
    7,
    {},
    ["a"],
  ];
  test.each(hostile)("%j is refused as an id before sending, wherever it is passed", async (id) => {
    const { pikzels, requests } = stubClient([json({})]);
    const path = { id: id as string };
    for (const call of [
      () => pikzels.pikzonalities.get(id as string),
      () => pikzels.pikzonalities.update(id as string, {}),
      () => pikzels.pikzonalities.delete(id as string),
      () => pikzels.pikzonalities.waitUntilReady(id as string),
      () => pikzels.api.GET("/v2/pikzonality/{id}", { params: { path } }),
    ]) {
      await expect(call()).rejects.toBeInstanceOf(PikzelsInputError);
    }
    expect(requests).toHaveLength(0);
  });

  test.each([
    ["", ""],
    [7, "number"],
    [undefined, "undefined"],
    ["a/b", "a/b"],
    ["a\nb", "a\\nb"],
    [`${"x".repeat(200)}/`, "x".repeat(40)],
  ])("the message points at the bad segment: %j", async (id, shown) => {
    const { pikzels } = stubClient([json({})]);
    const call = pikzels.pikzonalities.get(id as string);
    await expect(call).rejects.toThrow(
      "This id is empty, of a wrong type, over 200 characters, or would change the path: " +
        `/v2/pikzonality/[${shown}]. Pass the id as the API gave it. Nothing was sent.`,
    );
  });

  test.each(["x".repeat(200), "...", "a..b", ".a", "a%2", "%2ea", "a%2e", "%20", "%8f", "ü ?#"])(
    "%j is kept unchanged",
    async (id) => {
      const { pikzels, requests } = stubClient([json({})]);
      await pikzels.pikzonalities.get(id);
      expect(requests[0]?.url.endsWith(`/v2/pikzonality/${encodeURIComponent(id)}`)).toBe(true);
    },
  );

  test("any accepted id stays one segment of the requested path", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    // Any code units, lone surrogates included.
    const text = fc
      .array(fc.nat(0xffff), { maxLength: 220 })
      .map((units) => String.fromCharCode(...units));
    const anyId = fc.oneof(text, fc.string({ maxLength: 220 }));
    await fc.assert(
      fc.asyncProperty(anyId, async (id) => {
        const sent = requests.length;
        try {
          await pikzels.pikzonalities.get(id);
        } catch (error) {
          expect(error).toBeInstanceOf(PikzelsInputError);
          expect(requests).toHaveLength(sent);
          return;
        }
        const segments = new URL(requests.at(-1)?.url ?? "").pathname.split("/");
        expect(segments).toHaveLength(4);
        expect(decodeURIComponent(segments[3] ?? "")).toBe(id);
      }),
    );
  });
});

describe("base URLs", () => {
  test.each([
    "http://api.pikzels.com",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://[::2]",
    "ftp://api.pikzels.com",
    "ftp://localhost",
    "https://user:secret@api.pikzels.com",
    "https://user@api.pikzels.com",
    "https://:secret@api.pikzels.com",
    "http://127.0.0.1x",
    "http://x.localhost",
    "http://1.127.0.0.1",
    "https://api.pikzels.com/?key=1",
    "https://api.pikzels.com/#top",
    "https://api.pikzels.com?",
    "api.pikzels.com",
    "",
    "//api.pikzels.com",
    "javascript:alert(1)",
  ])("%j is refused", (baseUrl) => {
    const make = () => createPikzels({ apiKey: CANARY, baseUrl });
    expect(make).toThrow(PikzelsInputError);
    expect(make).toThrow("baseUrl");
    expect(make).not.toThrow("secret");
  });

  test.each([
    ["https://api.pikzels.com", "https://api.pikzels.com"],
    ["https://api.pikzels.com/", "https://api.pikzels.com"],
    ["https://proxy.example/pikzels//", "https://proxy.example/pikzels"],
    ["HTTPS://API.pikzels.com:443", "https://api.pikzels.com"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://127.0.0.1:4010/", "http://127.0.0.1:4010"],
    ["http://127.10.20.30", "http://127.10.20.30"],
    ["http://[::1]:4010", "http://[::1]:4010"],
  ])("%s is accepted, and its path is kept", async (baseUrl, expected) => {
    const { pikzels, requests } = stubClient([json({ id: ID })], { baseUrl });
    await pikzels.pikzonalities.get(ID);
    await pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id: ID } } });
    const url = `${expected}/v2/pikzonality/${ID}`;
    expect(requests.map((request) => request.url)).toEqual([url, url]);
  });

  test("default to the environment's, then to the API's own", async () => {
    const { pikzels, requests } = stubClient([json({})], { baseUrl: undefined });
    await pikzels.pikzonalities.get(ID);
    vi.stubEnv("PIKZELS_BASE_URL", "https://staging.example");
    const staging = stubClient([json({})], { baseUrl: undefined });
    await staging.pikzels.pikzonalities.get(ID);
    expect(requests[0]?.url).toMatch(/^https:\/\/api\.pikzels\.com\/v2/);
    expect(staging.requests[0]?.url).toMatch(/^https:\/\/staging\.example\/v2/);
  });
});

describe("options", () => {
  test.each<[string, PikzelsOptions]>([
    ["timeoutMs", { timeoutMs: 0 }],
    ["timeoutMs", { timeoutMs: -1 }],
    ["timeoutMs", { timeoutMs: NaN }],
    ["attemptTimeoutMs", { attemptTimeoutMs: 0 }],
    ["maxRetryAfterMs", { maxRetryAfterMs: -1 }],
    ["maxRetries", { maxRetries: -1 }],
    ["maxRetries", { maxRetries: 1.5 }],
    ["maxRetries", { maxRetries: Infinity }],
    ["concurrency", { concurrency: 0 }],
    ["concurrency", { concurrency: 2.5 }],
  ])("%s: %j is refused at once", (name, options) => {
    const make = () => createPikzels({ apiKey: CANARY, ...options });
    expect(make).toThrow(PikzelsInputError);
    const least = name === "concurrency" ? 1 : 0;
    const wanted = name.endsWith("Ms") ? "milliseconds above 0" : `whole number from ${least} on`;
    expect(make).toThrow(new RegExp(`^${name} must be a .*${wanted}`));
  });

  test.each<PikzelsOptions>([{ concurrency: 1 }, { timeoutMs: 0.5 }, { maxRetries: 0 }])(
    "%j is as little as may be",
    (options) => {
      expect(() => createPikzels({ apiKey: CANARY, ...options })).not.toThrow();
    },
  );

  test.each([{ timeoutMs: 0 }, { maxRetries: -1 }])(
    "of a call: %j is refused before sending",
    async (options) => {
      const { pikzels, requests } = stubClient([json({})]);
      const call = pikzels.thumbnails.fromText(TEXT_BODY, options);
      await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
      await expect(call).rejects.toThrow(Object.keys(options).join());
      expect(requests).toHaveLength(0);
    },
  );

  test("refuse a browser, unless it is explicitly allowed", () => {
    // Some servers have one of them: only both together mean a page.
    vi.stubGlobal("window", {});
    expect(() => createPikzels({ apiKey: CANARY })).not.toThrow();
    vi.unstubAllGlobals();
    vi.stubGlobal("document", {});
    expect(() => createPikzels({ apiKey: CANARY })).not.toThrow();
    vi.stubGlobal("window", {});
    expect(() => createPikzels({ apiKey: CANARY })).toThrow(/dangerouslyAllowBrowser/);
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    expect(() => createPikzels({ apiKey: CANARY, dangerouslyAllowBrowser: true })).not.toThrow();
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^pikzels-client: In a browser every visitor can read the API key/),
    );
    vi.unstubAllGlobals();
    createPikzels({ apiKey: CANARY, dangerouslyAllowBrowser: true });
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  test("refuse a worker of a browser, which has neither window nor document", () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" });
    expect(() => createPikzels({ apiKey: CANARY })).toThrow(/dangerouslyAllowBrowser/);
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
    expect(() => createPikzels({ apiKey: CANARY })).not.toThrow();
    vi.unstubAllGlobals();
  });
});

describe("image sources are checked for callers without a compiler", () => {
  const { pikzels, requests } = stubClient([json({})]);
  afterEach(() => {
    expect(requests).toHaveLength(0);
  });
  const style = (body: object) => pikzels.styles.create(body as never);
  const swap = (body: object) => pikzels.thumbnails.faceSwap({ format: "16:9", ...body } as never);
  const edit = (body: object) =>
    pikzels.thumbnails.edit({ format: "16:9", prompt: "x", image_url: URL_1, ...body } as never);

  test.each<[string, () => Promise<unknown>, string[], RegExp]>([
    [
      "both sides",
      () => style({ name: "x", image_urls: [URL_1, URL_1, URL_1], image_base64s: [PNG, PNG, PNG] }),
      ["image_urls", "image_base64s"],
      /^Give image_urls or image_base64s, not both\. Nothing/,
    ],
    [
      "file paths get a hint",
      () => style({ image_urls: ["a.png", "b.png", "c.png"] }),
      ["image_urls"],
      /^image_urls must be an https address\. .*readImage \(pikzels-client\/node\) of a file\./,
    ],
    [
      "bytes get a hint",
      () => edit({ image_url: undefined, image_base64: new Uint8Array(3) }),
      ["image_base64"],
      /^image_base64 must be a data URL of an image\. toImageDataUrl makes/,
    ],
    ["one of three", () => style({ image_urls: [URL_1, 7, URL_1] }), ["image_urls"], /must be/],
    [
      "neither side",
      () => style({ name: "x" }),
      ["image_urls", "image_base64s"],
      /^Give image_urls or/,
    ],
    [
      "null counts as given",
      () => style({ image_urls: null }),
      ["image_urls"],
      /array of 3 images/,
    ],
    [
      "two images",
      () => style({ image_urls: [URL_1, URL_1] }),
      ["image_urls"],
      /array of 3 images/,
    ],
    [
      "four",
      () => style({ image_urls: Array(4).fill(URL_1) }),
      ["image_urls"],
      /array of 3 images/,
    ],
    [
      "a string instead of a list",
      () => style({ image_urls: URL_1 }),
      ["image_urls"],
      /array of 3 images/,
    ],
    ["http", () => style({ image_urls: Array(3).fill("http://x.y/1") }), ["image_urls"], /https/],
    [
      "bare base64 gets a hint",
      () => style({ image_base64s: Array(3).fill("iVBORw0KGgo=") }),
      ["image_base64s"],
      /toImageDataUrl/,
    ],
    ["an empty string", () => edit({ mask_url: "" }), ["mask_url"], /must be an https address\. N/],
    [
      "two masks",
      () => edit({ mask_url: URL_1, mask_base64: PNG }),
      ["mask_url", "mask_base64"],
      /^Give mask_url or mask_base64, not both, or none\./,
    ],
    [
      "every problem is named",
      () => swap({ image_url: 7 }),
      ["face_image", "face_image_base64", "image_url"],
      /face_image.*not both\. image_url must/,
    ],
    [
      "no source for a title",
      () => pikzels.titles.fromText({} as never),
      ["prompt", "support_image_url", "support_image_base64"],
      /^Give prompt, support_image_url or support_image_base64\./,
    ],
    ["no body", () => pikzels.titles.fromText(undefined as never), [], /is missing/],
    ["null as the body", () => pikzels.titles.fromText(null as never), [], /must be an object/],
    ["a list as the body", () => pikzels.titles.fromText([] as never), [], /must be an object/],
    [
      "through api",
      () => pikzels.api.POST("/v2/pikzonality/style", { body: { name: "x" } as never }),
      ["image_urls", "image_base64s"],
      /^Give image_urls or/,
    ],
  ])("%s", async (_what, call, fields, message) => {
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PikzelsInputError);
    expect(error).toMatchObject({ fields, outcome: "not-sent" });
    expect((error as Error).message).toMatch(message);
  });

  test("without quoting an image in the message", async () => {
    const secret = "bm90IGZvciBsb2dz".repeat(100);
    const error = style({ name: "x", image_base64s: [secret, secret, secret] });
    await expect(error).rejects.not.toThrow("bm90");
  });

  test("a body that cannot be JSON", async () => {
    const circle: Record<string, unknown> = { prompt: "x" };
    circle["self"] = circle;
    await expect(pikzels.titles.fromText(circle as never)).rejects.toMatchObject({
      name: "PikzelsInputError",
      message: expect.stringContaining("cannot be written as JSON") as string,
      cause: { name: "TypeError" },
    });
  });
});

describe("rules that another spec may have", () => {
  const facts = { method: "POST", path: "/v3/newer", name: "newer.create" } as const;
  const fieldsOf = (rest: Partial<OperationFacts>, body: object) => {
    try {
      checkImageSources({ ...facts, ...rest }, body);
    } catch (error) {
      return (error as PikzelsInputError).message;
    }
    return undefined;
  };

  test("require all of some fields, or none", () => {
    const rules = [{ kind: "all-or-none", fields: ["x", "y"] }] as const;
    expect(fieldsOf({ rules }, {})).toBeUndefined();
    expect(fieldsOf({ rules }, { x: 1, y: 1 })).toBeUndefined();
    expect(fieldsOf({ rules }, { y: 1 })).toMatch(/^Give x and y together, or none of them\./);
  });

  test("let a field require another", () => {
    const rules = [{ kind: "requires", fields: ["card", "cvc"] }] as const;
    expect(fieldsOf({ rules }, {})).toBeUndefined();
    expect(fieldsOf({ rules }, { cvc: 1 })).toBeUndefined();
    expect(fieldsOf({ rules }, { card: 1, cvc: 1 })).toBeUndefined();
    expect(fieldsOf({ rules }, { card: 1 })).toMatch(/^Give cvc too if you give card\./);
  });

  test.each([
    ["exactly-one", ["x", "y"], { x: 1, y: 1 }, "Give x or y, not both."],
    ["exactly-one", ["x", "y", "z"], {}, "Give x, y or z, only one of them."],
    ["at-most-one", ["x", "y", "z"], { x: 1, z: 1 }, "Give x, y or z, only one of them, or none."],
    ["at-least-one", ["x", "y"], {}, "Give x or y."],
    ["all-or-none", ["x", "y", "z"], { z: 1 }, "Give x, y and z together, or none of them."],
    ["requires", ["x", "y", "z"], { x: 1, y: 1 }, "Give y and z too if you give x."],
  ] as const)("are told in one sentence: %s of %j", (kind, fields, body, sentence) => {
    const message = fieldsOf({ rules: [{ kind, fields }] }, body);
    expect(message).toBe(`${sentence} Nothing was sent.`);
  });

  test("allow one to three images, or two and more", () => {
    const images = { few: { pattern: "^https:", minItems: 1, maxItems: 3 } };
    expect(fieldsOf({ images }, { few: [URL_1] })).toBeUndefined();
    expect(fieldsOf({ images }, { few: [URL_1, URL_1, URL_1] })).toBeUndefined();
    expect(fieldsOf({ images }, { few: [] })).toMatch(/^few must be an array of 1 to 3 images\./);
    expect(fieldsOf({ images }, { few: Array(4).fill(URL_1) })).toMatch(/1 to 3/);
    const many = { many: { pattern: "^https:", minItems: 2 } };
    expect(fieldsOf({ images: many }, { many: Array(50).fill(URL_1) })).toBeUndefined();
    expect(fieldsOf({ images: many }, { many: [URL_1] })).toContain(
      "an array of at least 2 images",
    );
  });
});

describe("a loopback address, such as one of the emulator", () => {
  test.each(["http://127.0.0.1:4010/outputs/1.png", "http://localhost/1.png"])(
    "is accepted as an image: %s",
    async (address) => {
      const { pikzels, requests } = stubClient([json({})]);
      await pikzels.thumbnails.score({ image_url: address });
      expect(requests).toHaveLength(1);
    },
  );

  test.each(["http://example.com/1.png", "http:", "http://127.0.0.1/a b.png", "xhttp://localhost"])(
    "is the only exception to https: %s",
    async (address) => {
      const { pikzels, requests } = stubClient([json({})]);
      const call = pikzels.thumbnails.score({ image_url: address });
      await expect(call).rejects.toMatchObject({ fields: ["image_url"] });
      expect(requests).toHaveLength(0);
    },
  );

  test("is not a data URL", async () => {
    const { pikzels } = stubClient([json({})]);
    const image_base64 = "http://localhost/1.png" as never;
    await expect(pikzels.thumbnails.score({ image_base64 })).rejects.toThrow("must be a data URL");
  });
});

test("an undefined field counts as absent", async () => {
  const { pikzels, requests } = stubClient([json({})]);
  const body = { name: "x", image_urls: [URL_1, URL_1, URL_1], image_base64s: undefined };
  await pikzels.styles.create(body as never);
  expect(requests).toHaveLength(1);
});
