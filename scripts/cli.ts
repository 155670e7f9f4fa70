#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { Option } from "commander";
import type { CliCommand } from "../src/cli/command.js";
import { UsageError } from "../src/cli/errors.js";
import { addHelpSection } from "../src/cli/help.js";
import { runCli } from "../src/cli/run-cli.js";
import { processTerminal } from "../src/cli/terminal/terminal.js";
import type { CommandOption, OptionValues } from "./lib/command.js";
import { InputError } from "./lib/input-error.js";

/** The parts of one of this repository's commands that the shipped CLI uses. */
interface ShippedCommand<Options extends Record<string, CommandOption>> {
  options: Options;
  exitCodes: Record<number, string>;
  run: (options: OptionValues<Options>) => Promise<number>;
}

const shippedCommands = [
  shipped("emulate", "Runs the emulator of the API on loopback, free of charge.", async () => {
    const { emulatorOptions } = await import("./emulator/options.js");
    const { runEmulator } = await import("./emulator/run-emulator.js");
    return {
      options: emulatorOptions,
      exitCodes: { 0: "stopped (Ctrl-C)", 2: "bad options, or it could not listen" },
      run: runEmulator,
    };
  }),
  shipped("drift", "Compares the spec of this package with the published one.", async () => {
    const { driftOptions, runDrift } = await import("./drift/run-drift.js");
    const packaged = fileURLToPath(import.meta.resolve("pikzels-client/openapi.json"));
    const base = {
      type: "string",
      value: "FILE",
      help: "your OpenAPI document (default: the one of this package)",
    } as const;
    return {
      options: { ...driftOptions, base },
      exitCodes: {
        0: "nothing at the level of --fail-on or above",
        1: "drift",
        2: "could not compare; the reason is on standard error",
      },
      run: ({ base = packaged, ...options }) => runDrift({ base, ...options }),
    };
  }),
];

process.exitCode = await runCli(process.argv.slice(2), shippedCommands, processTerminal());

/**
 * Turns one of this repository's commands into a command of the shipped CLI. Its code is loaded
 * only when it is called.
 */
function shipped<const Options extends Record<string, CommandOption>>(
  name: string,
  summary: string,
  load: () => Promise<ShippedCommand<Options>>,
): CliCommand {
  return {
    name,
    summary,
    async define(command, { exitWith }) {
      const { options, exitCodes, run } = await load();
      for (const [option, { type, value, default: preset, help }] of Object.entries(options)) {
        const flag = type === "boolean" ? `--${option}` : `--${option} <${value ?? "value"}>`;
        // Values are looked up by the option's name exactly as typed.
        const defined = new Option(flag, help);
        defined.attributeName = () => option;
        command.addOption(preset === undefined ? defined : defined.default(preset));
      }
      addHelpSection(command, "Exit codes", Object.entries(exitCodes));
      command.action(async (values: OptionValues<Options>) => {
        try {
          exitWith(await run(values));
        } catch (error) {
          throw error instanceof InputError ? new UsageError(error.message) : error;
        }
      });
    },
  };
}
