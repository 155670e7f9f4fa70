import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a command printed, and how it ended. */
export interface CommandResult {
  code: number;
  output: string;
}

/** A copy of this repository, in which an evolution may change everything. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  /** Copies what git knows, with what is not committed yet; dependencies are shared. */
  static async create(): Promise<ProjectCopy> {
    const folder = await mkdtemp(join(tmpdir(), "evolution-"));
    const { stdout } = await promisify(execFile)(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      { cwd: ROOT, maxBuffer: 1e8 },
    );
    for (const file of stdout.split("\0").filter(Boolean)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      // A file that git knows may be gone from the working tree.
      await cp(join(ROOT, file), join(folder, file)).catch(() => undefined);
    }
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return new ProjectCopy(folder);
  }

  /** Runs a program of Node in the copy. */
  node(args: string[], { timeoutMs = 900_000 } = {}): Promise<CommandResult> {
    return this.run(process.execPath, args, timeoutMs);
  }

  npm(args: string[], { timeoutMs = 900_000 } = {}): Promise<CommandResult> {
    return this.run("npm", ["run", "--silent", ...args], timeoutMs);
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  async removeFiles(...files: string[]): Promise<void> {
    for (const file of files) await rm(join(this.folder, file), { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private run(command: string, args: string[], timeoutMs: number): Promise<CommandResult> {
    return new Promise((resolve) => {
      const env = { ...process.env, NO_COLOR: "1", CI: "1" };
      const child = spawn(command, args, { cwd: this.folder, env, timeout: timeoutMs });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      }
      child.on("close", (code) => {
        resolve({ code: code ?? 1, output });
      });
    });
  }
}
