import { expect, test } from "vitest";
import { chooseVariant } from "../../examples/choose-variant/choose-variant.js";
import { setStage } from "./support.js";

test("choose-variant stops at the first variant that is good enough, and otherwise returns the best", async () => {
  // Outputs have an https address, as they do in the service.
  const { emulator, pikzels } = await setStage({ publicUrl: "https://pikzels.test" });
  const prompts = ["A summit", "A cave", "A reef"];
  const title = "Alone";
  expect(await chooseVariant(pikzels, prompts, { title, goodEnough: 0 })).toMatchObject({
    prompt: "A summit",
  });
  // Each variant is made, then scored.
  expect(emulator.requests).toHaveLength(2);
  const best = await chooseVariant(pikzels, prompts, { title, goodEnough: 101 });
  expect(emulator.requests).toHaveLength(2 + 2 * prompts.length);
  expect(prompts).toContain(best?.prompt);
});
