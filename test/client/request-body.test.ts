import fc from "fast-check";
import { createPikzels } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { jsonBody } from "../../src/wrappers/json-body.js";
import { serve } from "../support/loopback.js";
import { CANARY, json, stubClient, TEXT_BODY } from "../support/stub-fetch.js";

const image = `data:image/png;base64,iVBORw0KGgo${"A".repeat(200_000)}`;
const style = { name: "Summit", image_base64s: [image, image, image] as [string, string, string] };

const textOf = (body: string | Blob) => new Response(body).text();

describe("a request body", () => {
  test("is text where no image is in it", async () => {
    const { pikzels, requests } = stubClient([json({ output: "https://example.com/a.png" })]);
    await pikzels.thumbnails.fromText(TEXT_BODY);
    expect(requests[0]?.init.body).toBe(JSON.stringify(TEXT_BODY));
  });

  test("is a Blob where an image is, which says the same", async () => {
    const body = jsonBody(style);
    expect(body).toBeInstanceOf(Blob);
    expect(JSON.parse(await textOf(body))).toEqual(style);
  });

  test("is text up to 65,535 characters of one string, and a Blob from there on", () => {
    expect(jsonBody({ image_base64: "A".repeat(65_535) })).toBeTypeOf("string");
    expect(jsonBody({ image_base64: "A".repeat(65_536) })).toBeInstanceOf(Blob);
  });

  test.each(['"', "\\", "\n", "\u0000", "é", "😀"])(
    "is text where a long string has to be escaped, or is no image: %j",
    (odd) => {
      const body = { prompt: "A".repeat(70_000) + odd };
      expect(jsonBody(body)).toBe(JSON.stringify(body));
    },
  );

  test("is a Blob with every image in its place, whatever their lengths", async () => {
    const body = ["A".repeat(65_536), "between", "B".repeat(131_072), "C ~!#[]".repeat(20_000), 7];
    const written = jsonBody(body);
    expect(written).toBeInstanceOf(Blob);
    expect(await textOf(written)).toBe(JSON.stringify(body));
  });

  test("draws anew what stands for its images, so that no caller's text is taken for it", () => {
    const draw = vi.spyOn(crypto, "getRandomValues");
    const first = jsonBody(style);
    expect(draw).toHaveBeenCalledTimes(1);
    const second = jsonBody(style);
    expect(draw).toHaveBeenCalledTimes(2);
    expect([first, second].map((body) => body instanceof Blob)).toEqual([true, true]);
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
