import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";

const mediaTypes: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Serves the files of a folder on this machine; `onPost` receives JSON that a page sends back. */
export async function serveFolder(
  folder: string,
  onPost: (body: unknown) => void = () => undefined,
) {
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? "/", "http://site");
      if (request.method === "POST") {
        onPost(JSON.parse(await text(request)));
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
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
