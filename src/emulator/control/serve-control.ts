import { jsonReply } from "../api/reply.js";
import type { IncomingRequest } from "../api/incoming-request.js";
import { readBody } from "../api/read-body.js";
import { isObject } from "../../openapi/json.js";
import type { EmulatorState } from "../state/emulator-state.js";
import { findCommand } from "./commands.js";

/**
 * The control API under `/_emulator/`: everything a test can do with the `Emulator` object, for
 * programs that run in another process or another language.
 */
export async function serveControl(incoming: IncomingRequest, state: EmulatorState): Promise<void> {
  const { response, request, method, path } = incoming;
  const { status, headers, body } = await runCommand();
  response.writeHead(status, headers).end(body);

  async function runCommand() {
    try {
      const { bytes } = await readBody(request);
      const command = findCommand(method, path);
      if (!command) return jsonReply(404, { error: `no ${method} ${path} in the control API` });
      const input: unknown = bytes.length > 0 ? JSON.parse(bytes.toString()) : {};
      if (!isObject(input)) throw new TypeError("the body is a JSON object");
      return jsonReply(200, command(input, state) ?? { ok: true });
    } catch (error) {
      return jsonReply(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
