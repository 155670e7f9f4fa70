import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.js";
import { tool } from "./toolchains.js";

/** Bundles a program of the project as a Worker, runs its test handler, and parses its output. */
export async function runInWorkerd(
  project: string,
  program: string,
  options: unknown,
): Promise<unknown> {
  const folder = join(project, "workers", program);
  await mkdir(folder, { recursive: true });
  await copyFile(join(project, "worker.capnp"), join(folder, "worker.capnp"));
  await build({
    entryPoints: [join(project, `${program}.mjs`)],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  const workerd = tool("@cloudflare/workerd-linux-64/bin/workerd");
  const env = { NO_COLOR: "1", OPTIONS: JSON.stringify(options) };
  return JSON.parse(await run(workerd, ["test", "worker.capnp"], { cwd: folder, env }));
}
