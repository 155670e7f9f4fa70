import { PikzelsApiError, PikzelsInputError } from "pikzels-client";
import { startEmulator } from "pikzels-client/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPikzels } from "../support/client.js";

const image_urls = [
  "https://example.com/1.png",
  "https://example.com/2.png",
  "https://example.com/3.png",
] as [string, string, string];

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let pikzels: ReturnType<typeof createPikzels>;

beforeAll(async () => {
  emulator = await startEmulator();
  pikzels = createPikzels({ apiKey: "pkz_first_calls", baseUrl: emulator.url });
});

afterAll(() => emulator.close());

test("a style is created, waited for and deleted", async () => {
  const { id } = await pikzels.styles.create({ name: "First", image_urls });
  const style = await pikzels.pikzonalities.waitUntilReady(id, { intervalMs: 50 });
  expect(style).toMatchObject({ id, status: "completed" });
  expect(style.reference).toHaveLength(3);
  await expect(pikzels.pikzonalities.delete(id)).resolves.toHaveProperty("message");
});

test("a name in use and a deleted id are typed errors", async () => {
  await pikzels.styles.create({ name: "Twice", image_urls });
  const again = pikzels.styles.create({ name: "Twice", image_urls });
  await expect(again).rejects.toBeInstanceOf(PikzelsApiError);
  await expect(again).rejects.toMatchObject({ code: "NAME_ALREADY_EXISTS", status: 409 });

  const gone = pikzels.pikzonalities.delete("00000000-0000-4000-8000-000000000000");
  await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND", outcome: "rejected" });
});

test("both image fields are refused before anything is sent", async () => {
  const sent = emulator.requests.length;
  const both = { name: "Both", image_urls, image_base64s: image_urls };
  // @ts-expect-error -- the compiler refuses it too
  const refused = pikzels.styles.create(both);
  await expect(refused).rejects.toBeInstanceOf(PikzelsInputError);
  await expect(refused).rejects.toMatchObject({ fields: ["image_urls", "image_base64s"] });
  expect(emulator.requests).toHaveLength(sent);
});
