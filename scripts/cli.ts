#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runCommand } from "./lib/command.js";
import { objectAt } from "../src/openapi/json.js";
import { withoutKeys } from "./lib/without-keys.js";

interface Subcommand {
  /** What it does, for the list that `--help` shows. */
  summary: string;
  run: (argv: string[]) => Promise<void>;
}

// Each is loaded only when it is asked for: neither pays for the other's start.
const commands: Record<string, Subcommand> = {
  emulate: {
    summary: "starts a server on this machine that behaves like the Pikzels API",
    async run(argv) {
      const { emulatorOptions } = await import("./emulator/options.js");
      const { runEmulator } = await import("./emulator/run-emulator.js");
      await runCommand(
        {
          name: "pikzels-client emulate",
          summary: "Serves the Pikzels API on this machine, free of charge, until it is stopped.",
          options: emulatorOptions,
          exitCodes: { 0: "stopped (Ctrl-C)", 2: "bad options, or it could not listen" },
          run: runEmulator,
        },
        argv,
      );
    },
  },
  drift: {
    summary: "compares the spec this package was built from with the published one",
    async run(argv) {
      const { driftOptions, runDrift } = await import("./drift/run-drift.js");
      const packaged = fileURLToPath(import.meta.resolve("pikzels-client/openapi.json"));
      await runCommand(
        {
          name: "pikzels-client drift",
          summary: "Compares the spec this package was built from with the published one.",
          options: {
            ...driftOptions,
            base: {
              type: "string",
              value: "FILE",
              help: "your OpenAPI document (default: the one of this package)",
            },
          },
          exitCodes: {
            0: "nothing at the level of --fail-on or above",
            1: "drift",
            2: "could not compare; the reason is on standard error",
          },
          run: ({ base = packaged, ...options }) => runDrift({ base, ...options }),
        },
        argv,
      );
    },
  },
};

const [name, ...argv] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name ?? ""] : undefined;

if (command) await command.run(argv);
else if (name === "--help" || name === "-h" || name === "help") process.stdout.write(help());
else if (name === "--version" || name === "-v") process.stdout.write(`${await version()}\n`);
else {
  const problem = name === undefined ? "No command was given" : `There is no command ${name}`;
  process.stderr.write(`${withoutKeys(problem)}. See pikzels-client --help.\n`);
  process.exitCode = 2;
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((each) => each.length));
  return [
    "Tools for programs that use the Pikzels API.\n",
    "Usage: pikzels-client <command> [options]\n",
    "Commands:",
    ...Object.entries(commands).map(([each, { summary }]) => `  ${each.padEnd(width)}  ${summary}`),
    "\nOptions:",
    "  --help     shows this, or after a command what that command takes",
    "  --version  shows the version of this package\n",
  ].join("\n");
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version: given = "unknown" } = objectAt(JSON.parse(manifest));
  return String(given);
}
