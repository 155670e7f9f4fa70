import { PikzelsInputError } from "pikzels-client";
import { startEmulator } from "pikzels-client/emulator";
import { expect, test } from "vitest";
import { createPikzels } from "../support/client.js";

test("an output of the emulator is accepted as an image by its loopback address", async () => {
  await using emulator = await startEmulator();
  const pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url });
  const { output } = await pikzels.thumbnails.fromText({
    prompt: "A climber waves from a snowy summit at sunrise",
    model: "pkz_4_5",
    format: "16:9",
  });
  expect(output).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const { main_score } = await pikzels.thumbnails.score({ image_url: output });
  expect(main_score).toBeGreaterThanOrEqual(0);
});

test.each([
  "http://example.com/a.png",
  "http://127.0.0.1.example.com/a.png",
  "http://localhost@example.com/a.png",
  "http://127.0.0.1:1/a b.png",
  "http:",
])("%s is refused as an image before anything is sent", async (image_url) => {
  const pikzels = createPikzels({
    apiKey: "pkz_test",
    fetch: () => {
      throw new Error("nothing may be sent");
    },
  });
  await expect(pikzels.thumbnails.score({ image_url })).rejects.toBeInstanceOf(PikzelsInputError);
});
