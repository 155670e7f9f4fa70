import { jsonAnswer } from "../answer.js";
import type { Incoming } from "../request/incoming.js";
import { readBody } from "../request/read-body.js";
import { isObject } from "../../openapi/json.js";
import type { World } from "../world.js";
import { findCommand } from "./commands.js";

/**
 * The control API under `/_emulator/`: everything a test can do with the `Emulator` object, for
 * programs that run in another process or another language.
 */
export async function serveControl(incoming: Incoming, world: World): Promise<void> {
  const { response, request, method, path } = incoming;
  const { status, headers, body } = await answer();
  response.writeHead(status, headers).end(body);

  async function answer() {
    try {
      const { bytes } = await readBody(request);
      const command = findCommand(method, path);
      if (!command) return jsonAnswer(404, { error: `no ${method} ${path} in the control API` });
      const input: unknown = bytes.length > 0 ? JSON.parse(bytes.toString()) : {};
      if (!isObject(input)) throw new TypeError("the body is a JSON object");
      return jsonAnswer(200, command(input, world) ?? { ok: true });
    } catch (error) {
      return jsonAnswer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
