import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { refuseBrokenRequest } from "./api/refuse-broken-request.js";
import { checkOptions } from "./check-options.js";
import { createEmulator, type Emulator } from "./emulator.js";
import { createListener } from "./request-listener.js";
import type { EmulatorOptions } from "./options.js";
import { createEmulatorState, type EmulatorState } from "./state/emulator-state.js";

/**
 * Starts a server on loopback that behaves like the Pikzels API and costs nothing.
 *
 * @throws {TypeError} For an option that does not exist, with the nearest one, or that cannot be right.
 * @throws {Error} With `code` `"EADDRINUSE"` if the port is taken.
 *
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 * import { startEmulator } from "pikzels-client/emulator";
 *
 * const emulator = await startEmulator();
 * const pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url });
 * emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 1 });
 * // … the code under test …
 * console.log(emulator.ledger.total);
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const state = createEmulatorState(options);
  const server = createServer(createListener(state));
  guardConnections(server, state);
  const address = await listen(server, options);
  return createEmulator(state, server, address);
}

function guardConnections(server: Server, { traffic }: EmulatorState): void {
  // A kept-alive connection must not be closed at the moment the client sends its next request.
  server.keepAliveTimeout = 60_000;
  // A client that trickles its headers or body is disconnected.
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000;
  server.on("clientError", refuseBrokenRequest);
  server.on("connection", (socket) => {
    traffic.stats.openSockets++;
    socket.once("close", () => traffic.stats.openSockets--);
  });
}

function listen(server: Server, options: EmulatorOptions): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });
}
