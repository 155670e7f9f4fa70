import { createServer, type Server } from "node:http";
import { refuseBrokenRequest } from "./request/refuse-broken-request.js";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator } from "./emulator.js";
import { createListener } from "./listener.js";
import type { EmulatorOptions } from "./options.js";
import { createWorld, type World } from "./world.js";

/**
 * Starts a server that behaves like the Pikzels API, on this machine and free of charge.
 *
 * @throws {Error} With code `EADDRINUSE` where the port is taken.
 *
 * @example
 * ```ts
 * import { createPikzels } from "pikzels-client";
 * import { startEmulator } from "pikzels-client/emulator";
 *
 * const emulator = await startEmulator();
 * const pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url });
 * emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 1 });
 * // … whatever is to be tested …
 * console.log(emulator.ledger.total);
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = await createWorld(options);
  const server = createServer(createListener(world));
  guardConnections(server, world);
  const address = await listen(server, options);
  return createEmulator(world, server, address);
}

function guardConnections(server: Server, { traffic }: World): void {
  // A client that keeps its connection may not meet its end just as it sends the next request.
  server.keepAliveTimeout = 60_000;
  // Whoever trickles headers or a body is cut off.
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
