import fc from "fast-check";
import { createPikzels } from "pikzels-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { jsonBody, type JsonBody, type JsonPiece } from "../../src/wrappers/json-body.js";
import { blobOf } from "../../src/transport/piecewise-blob.js";
import { serve } from "../support/loopback.js";
import { pretendPlatform } from "../support/platform.js";
import { CANARY, json, stubClient, TEXT_BODY } from "../support/stub-fetch.js";

const image = `data:image/png;base64,iVBORw0KGgo${"A".repeat(200_000)}`;
const style = { name: "Summit", image_base64s: [image, image, image] as [string, string, string] };

const textOf = (body: JsonBody) =>
  new Response(typeof body === "string" ? body : blobOf(body)).text();

describe("a request body", () => {
  test("is text where no image is in it", async () => {
    const { pikzels, requests } = stubClient([json({ output: "https://example.com/a.png" })]);
    await pikzels.thumbnails.fromText(TEXT_BODY);
    expect(requests[0]?.init.body).toBe(JSON.stringify(TEXT_BODY));
  });

  test("is a Blob where an image is, which says the same", async () => {
    const { pikzels, requests } = stubClient([json({ id: "1" })]);
    await pikzels.styles.create(style);
    const body = requests[0]?.init.body;
    expect(body).toBeInstanceOf(Blob);
    expect(await new Response(body).json()).toEqual(style);
  });

  test("is in pieces from 65,536 characters of one string on", () => {
    expect(jsonBody({ image_base64: "A".repeat(65_535) })).toBeTypeOf("string");
    expect(jsonBody({ image_base64: "A".repeat(65_536) })).toBeInstanceOf(Array);
  });

  test.each(['"', "\\", "\n", "\u0000", "é", "😀"])(
    "is text where a long string has to be escaped, or is no image: %j",
    (odd) => {
      const body = { prompt: "A".repeat(70_000) + odd };
      expect(jsonBody(body)).toBe(JSON.stringify(body));
    },
  );

  test("has every image in its place, whatever their lengths", async () => {
    const body = ["A".repeat(65_536), "between", "B".repeat(131_072), "C ~!#[]".repeat(20_000), 7];
    const written = jsonBody(body);
    expect(written).toBeInstanceOf(Array);
    expect(await textOf(written)).toBe(JSON.stringify(body));
  });

  test("draws anew what stands for its images, so that no caller's text is taken for it", () => {
    const draw = vi.spyOn(crypto, "getRandomValues");
    const first = jsonBody(style);
    expect(draw).toHaveBeenCalledTimes(1);
    const second = jsonBody(style);
    expect(draw).toHaveBeenCalledTimes(2);
    expect([first, second].map((body) => body.length)).toEqual([7, 7]);
  });

  test("is what JSON.stringify writes, whatever is in it", async () => {
    const long = fc
      .tuple(fc.constantFrom("A", "é", '"', "\\", "\n", "😀", "\ud800"), fc.nat(3))
      .map(([odd, at]) => "x".repeat(70_000 + at) + odd);
    const value = fc.oneof(long, fc.constant("y".repeat(65_536)), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.array(value)), async (body) => {
        expect(await textOf(jsonBody(body))).toBe(JSON.stringify(body));
      }),
      { numRuns: 50 },
    );
  });

  test("arrives whole, with its length, and as whole again in a retry", async () => {
    const arrived: { length: string | undefined; body: string }[] = [];
    const { url } = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        arrived.push({ length: request.headers["content-length"], body });
        const answer = { id: "1", request_id: "2" };
        response.writeHead(arrived.length === 1 ? 429 : 200, { "retry-after": "0" });
        response.end(
          JSON.stringify(
            arrived.length === 1 ? { error: { code: "TOO_MANY_REQUESTS", message: "" } } : answer,
          ),
        );
      });
    });
    await createPikzels({ apiKey: CANARY, baseUrl: url }).styles.create(style);

    const text = JSON.stringify(style);
    expect(arrived).toEqual([
      { length: String(text.length), body: text },
      { length: String(text.length), body: text },
    ]);
  });
});

describe("a Blob of pieces", () => {
  const body = ["é", "A".repeat(70_000), 1, "B".repeat(65_536), "\u{1f600}"];
  const text = JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  const pieces = jsonBody(body) as JsonPiece[];

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test.each([
    ["made while it is read, on Node", { undici: "6.24.1" }, false],
    ["made at once elsewhere", { bun: "1.4.5" }, true],
  ])("%s, is like any other", async (_what, versions, isPlain) => {
    pretendPlatform(versions);
    const blob = blobOf(pieces);
    vi.unstubAllGlobals();

    expect({ size: blob.size, type: blob.type }).toEqual({ size: bytes.length, type: "" });
    expect(await blob.text()).toBe(text);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(await blob.slice(1, 70_000).text()).toBe(
      await new Blob([bytes]).slice(1, 70_000).text(),
    );
    expect(await new Response(blob.stream()).text()).toBe(text);
    expect(await new Response(blob.stream()).text()).toBe(text);
    expect(blob.constructor === Blob).toBe(isPlain);
  });

  test("gives its bytes, where the platform knows of that", async () => {
    expect(await blobOf(pieces).bytes()).toEqual(bytes);
  });
});
