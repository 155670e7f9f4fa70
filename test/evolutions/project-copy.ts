import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TIMEOUT_MS = 900_000;

/** The output and exit status of a command. */
export interface CommandResult {
  code: number;
  output: string;
}

/** A copy of this repository, which an evolution may change freely. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  /** Copies the files that git tracks, with uncommitted changes; dependencies are shared. */
  static async create(): Promise<ProjectCopy> {
    const project = new ProjectCopy(await mkdtemp(join(tmpdir(), "evolution-")));
    const { stdout } = await promisify(execFile)(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      { cwd: ROOT, maxBuffer: 1e8 },
    );
    for (const file of stdout.split("\0").filter(Boolean)) {
      await mkdir(dirname(join(project.folder, file)), { recursive: true });
      // A tracked file may be missing from the working tree.
      await cp(join(ROOT, file), join(project.folder, file)).catch(() => undefined);
    }
    await symlink(join(ROOT, "node_modules"), join(project.folder, "node_modules"));
    await writeFile(join(project.folder, ".git-exclude"), "node_modules\n.git-exclude\n");
    await project.git("init", "--quiet");
    await project.git("config", "core.excludesFile", ".git-exclude");
    await project.git("add", "--all");
    const author = ["-c", "user.name=evolutions", "-c", "user.email=evolutions@localhost"];
    await project.git(...author, "commit", "--quiet", "--no-verify", "-m", "before");
    return project;
  }

  /** Resets the copy, except for files that git ignores: caches, builds. */
  async reset(): Promise<void> {
    await this.git("reset", "--quiet", "--hard");
    await this.git("clean", "--quiet", "--force", "-d");
  }

  /** Lists the copy's files by their hash, without some paths: the same for the same files. */
  async tree(...without: string[]): Promise<string> {
    await this.git("add", "--all");
    return this.git("ls-files", "--stage", "--", ".", ...without.map((path) => `:!${path}`));
  }

  /** The files that have changed, except those that were removed. */
  async changedFiles(): Promise<string[]> {
    await this.git("add", "--all");
    const listed = await this.git("diff", "--cached", "--name-only", "--diff-filter=d", "HEAD");
    return listed.split("\n").filter(Boolean);
  }

  /** Runs a Node program in the copy. */
  node(args: string[]): Promise<CommandResult> {
    return this.run(process.execPath, args);
  }

  npm(args: string[]): Promise<CommandResult> {
    return this.run("npm", ["run", "--silent", ...args]);
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

  private async git(...args: string[]): Promise<string> {
    const options = { cwd: this.folder, maxBuffer: 1e8 };
    return (await promisify(execFile)("git", args, options)).stdout;
  }

  private run(command: string, args: string[]): Promise<CommandResult> {
    return new Promise((resolve) => {
      const env = { ...process.env, NO_COLOR: "1", CI: "1" };
      const options = { cwd: this.folder, env, timeout: TIMEOUT_MS };
      const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
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
