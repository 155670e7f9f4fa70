import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { startBreakingServer, breakages, type Arrivals } from "./support/breaking-server.js";
import { buildPages, chromiumTested, openPage } from "./support/browser.js";
import { runForJson } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";
import { runInWorkerd } from "./support/workerd.js";

const project = inject("plainProject");
const rounds = 10;
const names = Object.keys(breakages);

type Options = Record<string, unknown>;

interface Runtime {
  environment: string;
  /** The toolchain that it comes with, if it comes with one. */
  toolchain?: string;
  post: (options: Options) => Promise<unknown>;
}

const main = (options: Options) => ["post-once-main.mjs", JSON.stringify(options)];

const runtimes: Runtime[] = [
  ...["20", "22", "24", "26"].map((major) => ({
    environment: "Node.js",
    toolchain: `node-${major}`,
    post: (options: Options) =>
      runForJson(tool(`node-${major}/bin/node`), main(options), { cwd: project }),
  })),
  {
    environment: "Bun",
    toolchain: "@oven/bun-linux-x64",
    post: (options) =>
      runForJson(tool("@oven/bun-linux-x64/bin/bun"), main(options), { cwd: project }),
  },
  {
    environment: "Deno",
    toolchain: "@deno/linux-x64-glibc",
    post: (options) => {
      const permissions = ["--no-prompt", "--allow-env", "--allow-net"];
      const args = ["run", ...permissions, ...main(options)];
      return runForJson(tool("@deno/linux-x64-glibc/deno"), args, { cwd: project });
    },
  },
  {
    environment: "Cloudflare Workers (workerd)",
    toolchain: "@cloudflare/workerd-linux-64",
    post: (options) => runInWorkerd(project, "post-once-worker", options),
  },
  {
    environment: "Chromium",
    post: (options) =>
      openPage(project, `post-once.html?options=${encodeURIComponent(JSON.stringify(options))}`),
  },
];

/** What was counted, for a reader of the log. */
const measured: Record<string, Record<string, string>> = {};

beforeAll(() => buildPages(project));
afterAll(() => {
  console.table(measured);
});

describe("over a connection that breaks", () => {
  test.for(runtimes)(
    "a POST arrives once from $environment $toolchain",
    async ({ environment, toolchain, post }, context) => {
      const server = await startBreakingServer();
      onTestFinished(() => server.close());

      const ends = await post({ baseUrl: server.url, breakages: names, rounds });

      measured[toolchain ?? environment] = arrivalsOf(server.arrivals);
      const broken = Object.fromEntries(names.map((name) => [name, { unknown: rounds }]));
      const refused = { rejected: rounds };
      expect(ends).toEqual({ ...broken, "misdirected (421)": refused, "timed out (408)": refused });
      expect(server.arrivals.size).toBe(names.length * rounds);
      const repeated = [...server.arrivals].filter(([, { count }]) => count > 1);
      expect(repeated.map(([prompt]) => prompt)).toEqual([]);

      const tested = toolchain
        ? { environment, version: await versionOf(toolchain) }
        : await chromiumTested(project);
      covers(context, { ...tested, way: "a POST arrives once" });
    },
  );
});

/** For each breakage: how many calls arrived, how many of them over a reused connection. */
function arrivalsOf(arrivals: ReadonlyMap<string, Arrivals>): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const calls = [...arrivals].filter(([prompt]) => prompt.startsWith(`${name} #`));
      const requests = calls.reduce((sum, [, { count }]) => sum + count, 0);
      const reused = calls.filter(([, call]) => call.reused).length;
      return [name, `${calls.length} calls, ${requests} requests, ${reused} reused`];
    }),
  );
}
