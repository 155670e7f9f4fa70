import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, inject, onTestFinished, test } from "vitest";
import { findChromium, openPage } from "./support/chromium.js";
import { expectedTour } from "./support/expected.js";
import { run } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";

const cwd = inject("plainProject");

test("built by Vite, it runs in Chromium once that is allowed", async (context) => {
  await run(process.execPath, [tool("vite/bin/vite.js"), "build"], { cwd });
  const site = await serveSite(join(cwd, "site"));
  onTestFinished(site.close);

  const chromium = await findChromium();
  const api = encodeURIComponent(inject("emulatorUrl"));
  const closePage = await openPage(chromium, `${site.url}/browser.html?api=${api}`);
  onTestFinished(closePage);

  expect(await site.result).toEqual({
    ...expectedTour,
    unguarded: expect.stringContaining("dangerouslyAllowBrowser") as string,
  });
  const [version = ""] = /\d+/.exec(await run(chromium, ["--version"], { cwd })) ?? [];
  const way = `built by Vite ${await versionOf("vite")}, with \`dangerouslyAllowBrowser\``;
  covers(context, { environment: "Chromium", version, way });
});

interface Site {
  url: string;
  /** What the page has sent back. */
  result: Promise<unknown>;
  close: () => Promise<void>;
}

const mediaTypes: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };

async function serveSite(folder: string): Promise<Site> {
  const { promise: result, resolve } = withResolver();
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? "/", "http://site");
      if (request.method === "POST") {
        resolve(JSON.parse(await text(request)));
        response.end();
        return;
      }
      const content = await readFile(join(folder, pathname)).catch(() => undefined);
      response.statusCode = content ? 200 : 404;
      response.setHeader("content-type", mediaTypes[extname(pathname)] ?? "text/plain");
      response.end(content);
    })();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    result,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolver() {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((settle) => (resolve = settle));
  return { promise, resolve };
}
