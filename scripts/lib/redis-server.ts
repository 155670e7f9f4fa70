import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { InputError } from "./input-error.js";

/** Our own redis-server. Everything in it is gone when it stops. */
export interface RedisServer {
  /** The Unix socket that it listens on; `new Redis(address)` connects to it. */
  readonly address: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts a private redis-server in a temporary folder. It uses no TCP port, writes nothing to disk,
 * and stops when this process exits, if not before.
 *
 * @param options.password The password that clients must send.
 *
 * @throws {InputError} if there is no `redis-server` on the PATH, or it does not start.
 */
export async function startRedisServer({
  password,
}: { password?: string } = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-redis-"));
  const address = join(folder, "redis.sock");
  const server = spawn(
    "redis-server",
    [
      ...[
        "--port",
        "0",
        "--unixsocket",
        address,
        "--dir",
        folder,
        "--save",
        "",
        "--appendonly",
        "no",
      ],
      ...(password === undefined ? [] : ["--requirepass", password]),
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const killServer = () => server.kill("SIGKILL");
  process.once("exit", killServer);

  const stop = async () => {
    process.removeListener("exit", killServer);
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
      // SIGKILL also ends a server that a test has frozen; it holds nothing worth keeping.
      server.kill("SIGKILL");
      await once(server, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, process: server, stop };
}

async function ready(server: ChildProcess): Promise<void> {
  const lastLines: string[] = [];
  const listening = new Promise<void>((resolve) => {
    if (!server.stdout) return;
    createInterface(server.stdout).on("line", (line) => {
      lastLines.push(line);
      lastLines.splice(0, lastLines.length - 3);
      if (/ready to accept connections/i.test(line)) resolve();
    });
  });
  const failed = new Promise<never>((_resolve, reject) => {
    server.once("error", (error) => {
      reject(
        new InputError(
          `redis-server could not be started (${error.message}): install it (Debian: apt-get install redis-server).`,
        ),
      );
    });
    server.once("exit", (code) => {
      reject(
        new InputError(`redis-server ended with ${code ?? "a signal"}: ${lastLines.join(" | ")}`),
      );
    });
    setTimeout(() => {
      reject(new InputError(`redis-server did not come up in 10 s: ${lastLines.join(" | ")}`));
    }, 10_000).unref();
  });
  await Promise.race([listening, failed]);
}
