import type { RequestListener, ServerResponse } from "node:http";
import { behaviour } from "../generated/behaviour.js";
import { readIncomingRequest, type IncomingRequest } from "./api/incoming-request.js";
import { serveApi } from "./api/serve-api.js";
import { isControlPath, serveControl } from "./control/serve-control.js";
import { credentialHeaders } from "./document/security.js";
import { findPicture, servePicture } from "./pictures/picture.js";
import type { EmulatorState } from "./state/emulator-state.js";
import { warn } from "./warn.js";

/** Serves every request: pictures, the document, the control API, or the API itself. */
export function createListener(state: EmulatorState): RequestListener {
  const allowedHeaders = ["Content-Type", ...credentialHeaders(state.operations)].join(", ");
  return (request, response) => {
    const incoming = readIncomingRequest(request, response, state.options);
    serve(incoming, state, allowedHeaders).catch((error: unknown) => {
      // A bug in the emulator must end one request, not the process.
      warn(error);
      response.destroy();
    });
  };
}

async function serve(
  incoming: IncomingRequest,
  state: EmulatorState,
  allowedHeaders: string,
): Promise<void> {
  const { method, query, response } = incoming;
  const path = withoutBasePath(incoming.path, state.basePath);
  if (isControlPath(path)) {
    await serveControl({ ...incoming, path }, state);
    return;
  }
  allowBrowsers(incoming, allowedHeaders);
  if (method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  if (method === "GET" || method === "HEAD") {
    const picture = findPicture(path, query, state);
    if (picture !== undefined) {
      const { expiredStatus = behaviour.outputs.expiredStatus } = state.options;
      servePicture(picture, method, response, expiredStatus);
      return;
    }
    if (path === "/openapi.json") {
      sendDocument(response, state.document);
      return;
    }
  }
  await serveApi(incoming, state);
}

/** Everything besides the API is served both beside and below the path of the document's server. */
function withoutBasePath(path: string, basePath: string): string {
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function sendDocument(response: ServerResponse, document: object): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(document));
}

function allowBrowsers({ request, response }: IncomingRequest, allowedHeaders: string): void {
  const asked = request.headers["access-control-request-headers"];
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", asked ?? allowedHeaders);
  response.setHeader(
    "access-control-allow-methods",
    "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  );
  response.setHeader("access-control-expose-headers", "X-Request-Id, Retry-After");
}
