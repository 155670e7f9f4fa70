import { describe, expect, test } from "vitest";
import { call, emulatorForTest } from "./support.js";

const EVENT = {
  type: "object",
  required: ["percent"],
  properties: { percent: { type: "integer", minimum: 0, maximum: 100 } },
};

/** An emulator of one operation, `POST /any`, that takes and answers with such content. */
function emulatorOf({ taken, answered = {} }: { taken?: object; answered?: object }) {
  const post = {
    ...(taken && { requestBody: { content: taken } }),
    responses: { 200: { description: "Done", content: answered } },
  };
  const info = { title: "Invented", version: "1" };
  return emulatorForTest({ spec: { openapi: "3.1.0", info, paths: { "/any": { post } } } });
}

describe("the body of a request", () => {
  const send = async (taken: object, body: BodyInit, type?: string) => {
    const emulator = await emulatorOf({ taken });
    const headers = type === undefined ? {} : { "content-type": type };
    const response = await fetch(`${emulator.url}/any`, { method: "POST", body, headers });
    return response.status;
  };
  const text = (rules: object) => ({ schema: { type: "string", ...rules } });

  test.each([
    ["image/*", "image/heic", 200],
    ["image/*", "imagery/heic", 400],
    ["image/*", "text/plain", 400],
    ["*/*", "text/plain", 200],
    ["application/json", "application/vnd.pikzels+json", 200],
    ["application/json", "application/x-ndjson", 400],
  ])("for which the document gives %s, sent as %s, is answered %i", async (taken, sent, status) => {
    expect(await send({ [taken]: {} }, "1", sent)).toBe(status);
  });

  test("is checked against the most specific of the media types that cover it", async () => {
    const taken = {
      "*/*": text({ maxLength: 1 }),
      "text/*": text({ maxLength: 2 }),
      "text/plain": text({ maxLength: 3 }),
    };
    const longest = async (type: string) => {
      for (const length of [3, 2, 1])
        if ((await send(taken, "a".repeat(length), type)) === 200) return length;
      return 0;
    };
    expect(await longest("text/plain; charset=utf-8")).toBe(3);
    expect(await longest("text/csv")).toBe(2);
    expect(await longest("video/mp4")).toBe(1);
  });

  test("has a character for each byte, unless it is text", async () => {
    const twoBytes = new TextEncoder().encode("ä");
    const one = text({ maxLength: 1 });
    expect(await send({ "text/plain": one }, twoBytes, "text/plain")).toBe(200);
    const type = "application/octet-stream";
    expect(await send({ [type]: one }, twoBytes, type)).toBe(400);
  });
});

describe("a form", () => {
  const type = "application/x-www-form-urlencoded";
  const statusOf = async (properties: object, query: string) => {
    const schema = { type: "object", properties };
    const emulator = await emulatorOf({ taken: { [type]: { schema } } });
    const body = new URLSearchParams(query);
    return (await fetch(`${emulator.url}/any`, { method: "POST", body })).status;
  };
  const numbers = { type: "array", items: { type: "integer" }, minItems: 2 };

  test.each<[string, object, string, number]>([
    ["gives each entry of a list a field of its own", { n: numbers }, "n=1&n=2", 200],
    ["has in each entry of a list what the items are", { n: numbers }, "n=1&n=x", 400],
    ["may write a list as JSON", { n: numbers }, "n=[1,2]", 200],
    ["may not give a single value twice", { n: { type: "integer" } }, "n=1&n=2", 400],
    ["may have a field that the document does not describe", {}, "other=1&other=2", 200],
    ["may give a list of texts a text with a bracket", { t: { type: "array" } }, "t=[draft", 200],
  ])("%s", async (_rule, properties, query, status) => {
    expect(await statusOf(properties, query)).toBe(status);
  });

  test("without a schema may have any fields", async () => {
    const emulator = await emulatorOf({ taken: { "multipart/form-data": {} } });
    const body = new FormData();
    body.set("name", "Summit");
    const response = await fetch(`${emulator.url}/any`, { method: "POST", body });
    expect(response.status).toBe(200);
  });

  test("is checked for images that are not whole", async () => {
    const emulator = await emulatorOf({ taken: { "multipart/form-data": {} } });
    const statusFor = async (file: Blob) => {
      const body = new FormData();
      body.set("file", file);
      return (await fetch(`${emulator.url}/any`, { method: "POST", body })).status;
    };
    expect(await statusFor(new Blob(["no image"], { type: "image/png" }))).toBe(400);
    expect(await statusFor(new Blob(["no image"], { type: "text/plain" }))).toBe(200);
  });
});

describe("an answer", () => {
  const answerIn = async (answered: object, accept = "*/*") => {
    const emulator = await emulatorOf({ answered });
    const { headers, text } = await call(emulator, "POST", "/any", undefined, {
      key: "",
      headers: { accept },
    });
    return { type: headers.get("content-type"), text };
  };

  test.each([
    ["application/x-ndjson", ""],
    ["application/jsonl", ""],
    ["application/json-seq", "\x1e"],
  ])("as %s is several valid values, each on a line of its own", async (name, start) => {
    const { type, text } = await answerIn({ [name]: { schema: EVENT } });
    expect(type).toBe(name);
    const lines = text.split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line.startsWith(start)).toBe(true);
      expect(JSON.parse(line.slice(start.length))).toEqual({
        percent: expect.any(Number) as number,
      });
    }
  });

  test.each([
    ["text/*", "text/plain"],
    ["image/*", "image/png"],
    ["*/*", "image/png"],
    ["application/*", "application/octet-stream"],
  ])("for which the document gives the range %s is sent as %s", async (range, sent) => {
    expect((await answerIn({ [range]: {} })).type).toBe(sent);
  });

  test.each([
    ["*/*", "application/json; charset=utf-8"],
    ["text/csv", "text/csv"],
    ["text/*;q=0.9", "text/csv"],
    ["image/*, text/csv", "text/csv"],
    ["image/webp, image/*", "image/png"],
    ["video/mp4", "application/json; charset=utf-8"],
  ])("of several media types is the one that is asked for: %s", async (accept, sent) => {
    const content = { "image/png": {}, "application/json": {}, "text/csv": {} };
    expect((await answerIn(content, accept)).type).toBe(sent);
  });
});
