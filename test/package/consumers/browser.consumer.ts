import { expect, inject, test } from "vitest";
import { chromiumTested, openPage } from "./support/browser.js";
import { expectedTour } from "./support/expected.js";
import { covers } from "./support/tested.js";

const project = inject("plainProject");

test("a page built by Vite runs in Chromium with dangerouslyAllowBrowser", async (context) => {
  const api = encodeURIComponent(inject("emulatorUrl"));
  expect(await openPage(project, `browser.html?api=${api}`)).toEqual({
    ...expectedTour,
    unguarded: expect.stringContaining("dangerouslyAllowBrowser") as string,
  });
  covers(context, await chromiumTested(project));
});
