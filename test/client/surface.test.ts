import { expect, test } from "vitest";
import { operations, type OperationFacts } from "../sample-api/generated/operations.js";
import { CANARY, ID, json, stubFetch } from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

const IMAGE = "https://example.com/1.png";

/** Valid for every operation at once: each ignores the fields it does not know. */
const BODY = {
  prompt: "x",
  model: "pkz_4",
  format: "16:9",
  name: "x",
  image_url: IMAGE,
  image_urls: [IMAGE, IMAGE, IMAGE],
  face_image: IMAGE,
};

type AnyMethod = (...args: unknown[]) => Promise<unknown>;

/** The client's members besides the operations. */
const OTHERS = ["api", "download", "waitUntilReady"];

function methodsOf(pikzels: object): AnyMethod[] {
  return Object.entries(pikzels).flatMap(([name, member]: [string, object]) => {
    if (OTHERS.includes(name)) return [];
    return typeof member === "function" ? [member as AnyMethod] : methodsOf(member);
  });
}

test("every operation of the spec has exactly one method", async () => {
  const { fetch, requests } = stubFetch(json({}));
  for (const method of methodsOf(createPikzels({ apiKey: CANARY, fetch }))) {
    // Operations with an id in their path take it first, then the body; each refuses arguments it
    // does not take.
    await method(ID, BODY)
      .catch(() => method(ID))
      .catch(() => method(BODY));
  }
  const reached = requests.map(
    ({ url, init }) => `${init.method} ${new URL(url).pathname.replace(ID, "{id}")}`,
  );
  const specified = Object.values<OperationFacts>(operations);
  expect(reached.sort()).toEqual(specified.map(({ method, path }) => `${method} ${path}`).sort());
});

test("an operation with a body sends it unchanged, and one without sends none", async () => {
  const { fetch, requests } = stubFetch(json({}));
  const { pikzonalities } = createPikzels({ apiKey: CANARY, fetch });
  await pikzonalities.update(ID, { special_instructions: null });
  await pikzonalities.get(ID);
  await pikzonalities.delete(ID);
  expect(requests.map(({ init }) => init.body)).toEqual([
    '{"special_instructions":null}',
    undefined,
    undefined,
  ]);
  expect(requests[1]?.init.headers).not.toHaveProperty("content-type");
});
