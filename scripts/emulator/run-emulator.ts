import { once } from "node:events";
import { colors } from "../lib/colors.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "pikzels-client/emulator";
import { InputError } from "../lib/input-error.js";
import { readFaults, readOptions, type EmulatorCommandOptions } from "./options.js";
import { requestLine } from "./request-line.js";
import { summaryLines } from "./summary.js";

/**
 * Runs an emulator and reports every request until the process is asked to stop.
 *
 * @returns the exit code, 0.
 * @throws {InputError} on bad options, or if it cannot listen.
 */
export async function runEmulator(values: EmulatorCommandOptions): Promise<number> {
  const options = await readOptions(values);
  const faults = readFaults(values.fault);
  const emulator = await start({
    ...options,
    onExchange: (exchange) => {
      print(requestLine(exchange));
    },
  });
  for (const fault of faults) emulator.provoke(fault);
  for (const line of welcome(emulator)) print(line);

  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await emulator.close();
  for (const line of summaryLines(emulator.stats, emulator.ledger)) print(line);
  return 0;
}

async function start(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== "listen" && syscall !== "getaddrinfo") throw error;
    const place = `${options.host ?? ""}:${options.port ?? 0}`;
    if (code === "EADDRINUSE")
      throw new InputError(`${place} is in use: stop what runs there, or choose another --port`);
    throw new InputError(`cannot listen on ${place} (${code ?? "unknown reason"})`);
  }
}

function welcome({ url }: Emulator): string[] {
  return [
    `${colors.green("ready")} Pikzels emulator at ${colors.bold(url)}`,
    `      Point a program at it: PIKZELS_BASE_URL=${url} PIKZELS_API_KEY=pkz_anything`,
    `      Let a request fail:    curl --json '{"code":"TOO_MANY_REQUESTS"}' ${url}/_emulator/faults`,
    `      See what was charged:  curl ${url}/_emulator/ledger`,
    "      Stop it:               Ctrl-C",
  ];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
