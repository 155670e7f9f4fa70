import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { narrator } from "./narrator.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs one of the project's own commands the way a user would, shows its output, and expects an
 * exit code.
 *
 * @throws if the command ends with another code, because then the tour's story would not be true.
 */
export async function runCommand(name: string, args: string[], expected = 0): Promise<void> {
  narrator.command(`npm run ${[name, ...(args.length > 0 ? ["--", ...args] : [])].join(" ")}`);
  const { code, output } = await execute([`scripts/${name}.ts`, ...args]);
  narrator.output(output);
  if (code !== expected) throw new Error(`${name} ended with exit code ${code}, not ${expected}`);
  if (expected !== 0) narrator.output(`(exit code ${code})`);
}

function execute(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const command = ["--import", "tsx", ...args];
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === "number") resolve({ code, output: stdout + stderr });
      else reject(error ?? new Error(`${args.join(" ")} did not run`));
    });
  });
}
