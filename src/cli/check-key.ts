import { randomUUID } from "node:crypto";
import type { CliCommand } from "./command.js";
import type { Terminal } from "./terminal/terminal.js";

/** `check-key`: whether the service takes the key. */
export const checkKeyCommand: CliCommand = {
  name: "check-key",
  summary: "Asks the service whether it takes the API key; free of charge.",
  define(command, { terminal }) {
    command
      .option("--base-url <url>", "another address of the API, such as an emulator's")
      .action(async ({ baseUrl }: { baseUrl?: string }) => {
        await checkKey(baseUrl, terminal);
      });
  },
};

/** Reads something that does not exist: the service only says so if it accepts the key. */
async function checkKey(baseUrl: string | undefined, { stdout }: Terminal): Promise<void> {
  const { createPikzels, isPikzelsApiError } = await import("pikzels-client");
  const { loadOperations } = await import("./operations/operations.js");
  const { invoke } = await import("./operations/invoke.js");
  const { FailureError } = await import("./errors.js");
  const operation = loadOperations().find(
    ({ facts, inputs }) =>
      facts.method === "GET" &&
      inputs.length > 0 &&
      inputs.every(({ target }) => target === "path"),
  );
  if (!operation)
    throw new FailureError("The API has no operation that could tell: nothing was sent.");
  const ids = operation.inputs.map(() => randomUUID());
  try {
    const request = { operation, ids, query: {}, headers: {}, body: undefined };
    await invoke(createPikzels({ baseUrl }), request, {});
  } catch (error) {
    if (!isPikzelsApiError(error) || error.status !== 404) throw error;
  }
  stdout.write("The service takes the key.\n");
}
