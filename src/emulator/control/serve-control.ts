import { isIP } from "node:net";
import { isObject } from "../../openapi/json.js";
import { jsonReply, type Reply } from "../api/reply.js";
import type { IncomingRequest } from "../api/incoming-request.js";
import { BodyReader } from "../api/read-body.js";
import { Refusal } from "../api/refusal.js";
import type { EmulatorState } from "../state/emulator-state.js";
import { findCommand } from "./commands.js";

const bodies = new BodyReader({ maxBytes: 1024 * 1024 });

/** Whether a path belongs to the control API. */
export function isControlPath(path: string): boolean {
  return path === "/_emulator" || path.startsWith("/_emulator/");
}

/**
 * The control API under `/_emulator/`: everything a test can do with the `Emulator` object, for
 * programs that run in another process or another language. It answers no web page: a page of another
 * origin must not be able to read or change what a developer's emulator does.
 */
export async function serveControl(incoming: IncomingRequest, state: EmulatorState): Promise<void> {
  const { status, headers, body } = await runCommand(incoming, state);
  incoming.response.writeHead(status, headers).end(body);
}

async function runCommand(incoming: IncomingRequest, state: EmulatorState): Promise<Reply> {
  const { request, method, path } = incoming;
  const received = await bodies.read(request);
  try {
    const command = findCommand(method, path);
    if (isFromPage(incoming, state)) return failure(403, "the control API answers no web page");
    if (!command) return failure(404, `no ${method} ${path} in the control API`);
    if (received.isTooLarge) return failure(413, "the body is over 1 MB");
    const { bytes } = received;
    const type = request.headers["content-type"] ?? "";
    if (bytes.length > 0 && !/^application\/json\s*(?:;|$)/i.test(type))
      return failure(415, "the body must be sent with content-type: application/json");
    const input: unknown = bytes.length > 0 ? JSON.parse(bytes.toString()) : {};
    if (!isObject(input)) throw new TypeError("the body must be a JSON object");
    return jsonReply(200, command(input, state) ?? { ok: true });
  } catch (error) {
    if (error instanceof Refusal) return failure(400, `there is no such resource (${error.code})`);
    return failure(400, error instanceof Error ? error.message : String(error));
  } finally {
    received.release();
  }
}

function failure(status: number, error: string): Reply {
  return jsonReply(status, { error });
}

/**
 * Whether a browser sends this for a page: it says its origin, or, if another name was made to lead
 * here (DNS rebinding), that name as the host.
 */
function isFromPage({ request, path }: IncomingRequest, { options }: EmulatorState): boolean {
  // Pages may use the target of redirects to another origin too.
  if (path === "/_emulator/elsewhere") return false;
  const { origin, host = "", "sec-fetch-site": site } = request.headers;
  const isCrossSite = site !== undefined && site !== "none" && site !== "same-origin";
  if (isCrossSite || (origin !== undefined && origin !== `http://${host}`)) return true;
  const { host: listensOn = "127.0.0.1", publicUrl } = options;
  const isLoopback = /^(?:127\.|::1$|localhost$)/.test(listensOn);
  if (!isLoopback || (publicUrl !== undefined && new URL(publicUrl).host === host)) return false;
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name !== "localhost" && isIP(name) === 0;
}
