import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite } from "../../scripts/site/build-site.js";
import { serveFolder } from "../support/serve-folder.js";
import { auditPage } from "./audit-page.js";
import { openTab, type Tab, type View } from "./tab.js";

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };
const views: View[] = (["light", "dark"] as const).flatMap((scheme) => [
  { scheme, ...phone },
  { scheme, ...desktop },
]);

let folder: string;
let site: Awaited<ReturnType<typeof serveFolder>>;
let tab: Tab;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-site-"));
  await buildSite(join(folder, "site"));
  site = await serveFolder(join(folder, "site"));
  tab = await openTab();
});
afterAll(async () => {
  await tab.close();
  await site.close();
  await rm(folder, { recursive: true });
});

async function lookAt(page: string, view: View) {
  await tab.open(`${site.url}/${page}`, view);
  return { ...(await tab.run(auditPage)), complaints: [...tab.complaints] };
}

describe.each(views)("the site in $scheme, $width wide", (view) => {
  // One page of each kind, and those with the widest tables.
  test.each([
    "index.html",
    "modules/pikzels-client.html",
    "interfaces/pikzels-client.Pikzels.html",
    "classes/pikzels-client.PikzelsTrainingError.html",
    "functions/pikzels-client.createPikzels.html",
    "types/pikzels-client.ThumbnailsEditBody.html",
    "variables/pikzels-client.errorCatalog.html",
    "documents/Guides.Benchmarks.html",
    "documents/Guides.Operations.html",
    "documents/Maintaining.Pipeline.html",
    "documents/Examples.batch.html",
  ])("has a readable page without sideways scrolling: %s", async (page) => {
    expect(await lookAt(page, view)).toEqual({ illegible: [], tooWide: [], complaints: [] });
  });
});

test("a theme chosen on the page overrides the system's, for pictures too", async () => {
  const page = "documents/Maintaining.Pipeline.html";
  await lookAt(page, { scheme: "light", ...desktop });
  await tab.run(() => {
    localStorage.setItem("tsd-theme", "dark");
  });
  const seen = await lookAt(page, { scheme: "light", ...desktop });
  const ofPicture = await tab.run(() => {
    const picture = document.querySelector(".tsd-typography img");
    return picture && getComputedStyle(picture).colorScheme;
  });
  await tab.run(() => {
    localStorage.clear();
  });
  expect(seen).toEqual({ illegible: [], tooWide: [], complaints: [] });
  expect(ofPicture).toBe("dark");
});

test("no page of the site scrolls sideways on a phone", async () => {
  const files = await readdir(join(folder, "site"), { recursive: true });
  const wide: Record<string, string[]> = {};
  for (const page of files.filter((file) => file.endsWith(".html"))) {
    const { tooWide } = await lookAt(page, { scheme: "light", ...phone });
    if (tooWide.length > 0) wide[page] = tooWide;
  }
  expect(wide).toEqual({});
  // There are some hundred pages.
}, 600_000);
