import { execFile } from "node:child_process";

/** Runs a program of Node in a folder to its end, whatever that is. */
export function runNode(
  folder: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, maxBuffer: 1e8 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      done({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
}
