import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Runs a program of `programs/` in a Node process of its own, without tsx, whose transpiling would
 * be measured too. The last thing it prints is its result, as JSON.
 *
 * @param bundled the program's bundle, see `bundle`.
 */
export async function runProgram<Result>(
  bundled: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Result> {
  const { stdout } = await run(process.execPath, [...flags, bundled, ...args]);
  return JSON.parse(stdout) as Result;
}
