import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { version } from "../../src/version.js";
import { ID, json, stubClient } from "../support/stub-fetch.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function headersSent(headers: Record<string, string> = {}) {
  const { pikzels, requests } = stubClient([json({})], { dangerouslyAllowBrowser: true });
  await pikzels.pikzonalities.get(ID, { headers });
  await pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id: ID } }, headers });
  const [own, api] = requests.map(({ init }) => init.headers["user-agent"]);
  expect(api).toBe(own);
  return own;
}

test("the User-Agent has the version of package.json", async () => {
  const manifest = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
  expect(version).toBe(manifest.version);
});

test("the User-Agent names this package and Node", async () => {
  expect(await headersSent()).toBe(`pikzels-client/${version} node/${process.versions.node}`);
});

test.each(["Bun/1.3.1", "Deno/2.5.0", "Cloudflare-Workers"])(
  "the User-Agent names %s",
  async (runtime) => {
    vi.stubGlobal("navigator", { userAgent: runtime });
    expect(await headersSent()).toBe(`pikzels-client/${version} ${runtime}`);
  },
);

test("the User-Agent names only this package if the runtime has no name", async () => {
  vi.stubGlobal("navigator", {});
  expect(await headersSent()).toBe(`pikzels-client/${version}`);
});

test("the User-Agent stays the browser's own in a page and its workers", async () => {
  vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" });
  expect(await headersSent()).toBeUndefined();
  vi.stubGlobal("navigator", { userAgent: "Example" });
  vi.stubGlobal("window", {});
  vi.stubGlobal("document", {});
  vi.spyOn(console, "warn").mockReturnValue();
  expect(await headersSent()).toBeUndefined();
});

test("the User-Agent is the caller's if the caller sets one", async () => {
  expect(await headersSent({ "User-Agent": "mine/1" })).toBe("mine/1");
});
