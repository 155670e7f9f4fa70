import { execFile } from "node:child_process";
import { promisify } from "node:util";

interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
}

/**
 * Runs a program to its end. Its environment is only what is given here, so that nothing in this
 * repository can help it.
 *
 * @throws {Error} with what the program wrote, if it exits with anything but 0.
 */
export async function run(file: string, args: string[], options: RunOptions): Promise<string> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...options.env };
  try {
    const { stdout } = await promisify(execFile)(file, args, { ...options, env });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    // eslint-disable-next-line preserve-caught-error -- all it says is said here, but readably
    throw new Error(`${file} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
}

/** The same, for a program whose last line of output is JSON. */
export async function runForJson(
  file: string,
  args: string[],
  options: RunOptions,
): Promise<unknown> {
  const output = await run(file, args, options);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
