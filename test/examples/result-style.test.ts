import { errorCatalog, errorCodes } from "pikzels-client";
import { expect, test } from "vitest";
import { rate } from "../../examples/result-style/rate.js";
import { setStage } from "./support.js";

const image_url = "https://example.com/photo.png";

test("result-style returns a score, or why there is none", async () => {
  const { emulator, pikzels } = await setStage();
  expect(await rate(pikzels, image_url)).toMatchObject({ kind: "rated" });
  for (const code of errorCodes) {
    const { status = 500, canSucceedLater: retryLater } = errorCatalog[code];
    emulator.provoke({ code, status });
    const why = `${status} ${code}`;
    expect(await rate(pikzels, image_url)).toEqual({ kind: "refused", why, retryLater });
  }
});

test("result-style rejects if there is no documented response", async () => {
  const { emulator, pikzels } = await setStage();
  emulator.provoke({ fault: "html" });
  await expect(rate(pikzels, image_url)).rejects.toThrow("502");
});
