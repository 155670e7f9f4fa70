import type { CountedRuntime } from "../../../../scripts/docs/arrivals.js";
import { runForJson } from "./run.js";
import { tool } from "./toolchains.js";
import { runInWorkerd } from "./workerd.js";

/** A runtime without pages; the browser is started in `browser.ts`. */
export interface Runtime {
  name: CountedRuntime;
  environment: string;
  /** Its name in `toolchains/package.json`. */
  toolchain: string;
  /** Whether its `fetch` uses the proxy that the environment names. */
  takesProxy: boolean;
  /** Runs one of `programs/programs.mjs`, and resolves to its result. */
  run: (
    program: string,
    options: Record<string, unknown>,
    env?: Record<string, string>,
  ) => Promise<unknown>;
}

/** @param project in which the package is installed. */
export function runtimesOf(project: string): Runtime[] {
  const runWith =
    (path: string, ...runtimeArgs: string[]): Runtime["run"] =>
    (program, options, env = {}) => {
      const args = [...runtimeArgs, "program-main.mjs", program, JSON.stringify(options)];
      return runForJson(tool(path), args, { cwd: project, env });
    };
  return [
    ...(["20", "22", "24", "26"] as const).map((major) => ({
      name: `Node.js ${major}` as const,
      environment: "Node.js",
      toolchain: `node-${major}`,
      takesProxy: major !== "20",
      run: runWith(`node-${major}/bin/node`),
    })),
    {
      name: "Bun",
      environment: "Bun",
      toolchain: "@oven/bun-linux-x64",
      takesProxy: true,
      run: runWith("@oven/bun-linux-x64/bin/bun"),
    },
    {
      name: "Deno",
      environment: "Deno",
      toolchain: "@deno/linux-x64-glibc",
      takesProxy: true,
      run: runWith(
        "@deno/linux-x64-glibc/deno",
        ...["run", "--no-prompt", "--allow-env", "--allow-net"],
      ),
    },
    {
      name: "Cloudflare Workers (workerd)",
      environment: "Cloudflare Workers (workerd)",
      toolchain: "@cloudflare/workerd-linux-64",
      takesProxy: false,
      run: (program, options) => runInWorkerd(project, "program-worker", { program, ...options }),
    },
  ];
}
