import { execFile } from "node:child_process";

/** Runs a Node program in a folder until it ends, whether or not it succeeds. */
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
