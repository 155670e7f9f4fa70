import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { startEmulator, type EmulatorOptions } from "pikzels-client/emulator";
import { onTestFinished, vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.js";
import type { CliCommand } from "../../src/cli/command.js";
import type { Output } from "../../src/cli/terminal/terminal.js";

/** The key that these tests use: it must not appear in any output. */
export const KEY = "pkz_test_0123456789abcdef";

interface RunOptions {
  stdin?: string | Uint8Array;
  /**
   * The width of the terminal behind standard output and error, in columns; without it they are
   * pipes.
   */
  terminal?: number;
  commands?: readonly CliCommand[];
  /** Called once the command runs, with a function that interrupts it. */
  started?: (interrupt: () => void) => unknown;
}

/** Runs the command line in this process. */
export async function cli(argv: readonly string[], options: RunOptions = {}) {
  const stdout = capture(options.terminal);
  const stderr = capture(options.terminal);
  const listeners = new Set<() => void>();
  const running = runCli(argv, options.commands ?? [], {
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  void options.started?.(() => {
    for (const listener of listeners) listener();
  });
  const code = await running;
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(columns: number | undefined) {
  const pieces: string[] = [];
  const stream: Output = columns === undefined ? collector(pieces) : terminal(pieces, columns);
  return { stream, text: () => pieces.join("") };
}

function collector(pieces: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      pieces.push(String(chunk));
      done();
    },
  });
}

function terminal(pieces: string[], columns: number): Output {
  const stream = new PassThrough();
  stream.on("data", (chunk) => pieces.push(String(chunk)));
  return Object.assign(stream, { isTTY: true, columns });
}

/** Starts an emulator for one test and points the command line at it. */
export async function emulate(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ trainingMs: 0, ...options });
  onTestFinished(() => emulator.close());
  vi.stubEnv("PIKZELS_BASE_URL", emulator.url);
  vi.stubEnv("PIKZELS_API_KEY", KEY);
  onTestFinished(() => void vi.unstubAllEnvs());
  return emulator;
}

/** Makes an empty folder for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
