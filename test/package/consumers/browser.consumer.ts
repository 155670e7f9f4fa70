import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { findChromium, startChromium } from "../../support/chromium.js";
import { serveFolder } from "../../support/serve-folder.js";
import { expectedTour } from "./support/expected.js";
import { run } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";

const cwd = inject("plainProject");

test("built by Vite, it runs in Chromium once that is allowed", async (context) => {
  await run(process.execPath, [tool("vite/bin/vite.js"), "build"], { cwd });
  const { promise: result, resolve } = withResolver();
  const site = await serveFolder(join(cwd, "site"), resolve);
  onTestFinished(() => site.close());

  const chromium = await findChromium();
  const api = encodeURIComponent(inject("emulatorUrl"));
  const page = `${site.url}/browser.html?api=${api}`;
  const browser = await startChromium(chromium, ["--remote-debugging-port=0", page]);
  onTestFinished(browser.close);

  expect(await result).toEqual({
    ...expectedTour,
    unguarded: expect.stringContaining("dangerouslyAllowBrowser") as string,
  });
  const [version = ""] = /\d+/.exec(await run(chromium, ["--version"], { cwd })) ?? [];
  const way = `built by Vite ${await versionOf("vite")}, with \`dangerouslyAllowBrowser\``;
  covers(context, { environment: "Chromium", version, way });
});

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolver() {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((settle) => (resolve = settle));
  return { promise, resolve };
}
