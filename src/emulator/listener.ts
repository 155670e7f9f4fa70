import type { RequestListener, ServerResponse } from "node:http";
import { findPicture } from "./pictures/find-picture.js";
import { servePicture } from "./pictures/serve-picture.js";
import { readIncoming, type Incoming } from "./request/incoming.js";
import { serveApi } from "./serve-api.js";
import { serveControl } from "./control/serve-control.js";
import type { World } from "./world.js";

/** What the emulator does with every request: pictures, the spec, the control API, or the API. */
export function createListener(world: World): RequestListener {
  return (request, response) => {
    const incoming = readIncoming(request, response, world.options.publicUrl);
    allowBrowsers(response);
    void serve(incoming, world);
  };
}

async function serve(incoming: Incoming, world: World): Promise<void> {
  const { method, path, query, response } = incoming;
  if (method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  if (path === "/_emulator" || path.startsWith("/_emulator/")) {
    await serveControl(incoming, world);
    return;
  }
  if (method === "GET" || method === "HEAD") {
    const picture = findPicture(path, query, world);
    if (picture !== undefined) {
      servePicture(picture, method, response);
      return;
    }
    if (path === "/openapi.json") {
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(world.document));
      return;
    }
  }
  await serveApi(incoming, world);
}

function allowBrowsers(response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", "X-Api-Key, Content-Type");
  response.setHeader(
    "access-control-allow-methods",
    "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  );
  response.setHeader("access-control-expose-headers", "X-Request-Id, Retry-After");
}
