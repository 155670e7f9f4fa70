import type { RequestListener, ServerResponse } from "node:http";
import { readIncomingRequest, type IncomingRequest } from "./api/incoming-request.js";
import { serveApi } from "./api/serve-api.js";
import { serveControl } from "./control/serve-control.js";
import { findPicture, servePicture } from "./pictures/picture.js";
import type { EmulatorState } from "./state/emulator-state.js";

/** Serves every request: pictures, the document, the control API, or the API itself. */
export function createListener(state: EmulatorState): RequestListener {
  return (request, response) => {
    const incoming = readIncomingRequest(request, response, state.options.publicUrl);
    allowBrowsers(response);
    void serve(incoming, state);
  };
}

async function serve(incoming: IncomingRequest, state: EmulatorState): Promise<void> {
  const { method, path, query, response } = incoming;
  if (method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  if (path === "/_emulator" || path.startsWith("/_emulator/")) {
    await serveControl(incoming, state);
    return;
  }
  if (method === "GET" || method === "HEAD") {
    const picture = findPicture(path, query, state);
    if (picture !== undefined) {
      servePicture(picture, method, response);
      return;
    }
    if (path === "/openapi.json") {
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(state.document));
      return;
    }
  }
  await serveApi(incoming, state);
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
