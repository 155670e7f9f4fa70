import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { arrivalsAtMost, breakages, type CountedRuntime } from "../../../scripts/docs/arrivals.js";
import { startBreakingServer, type Arrivals } from "./support/breaking-server.js";
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
  name: CountedRuntime;
  environment: string;
  /** Its name in `toolchains/package.json`. */
  toolchain: string;
  post: (options: Options) => Promise<unknown>;
}

const main = (options: Options) => ["post-once-main.mjs", JSON.stringify(options)];

const runtimes: Runtime[] = [
  ...(["20", "22", "24", "26"] as const).map((major) => ({
    name: `Node.js ${major}` as const,
    environment: "Node.js",
    toolchain: `node-${major}`,
    post: (options: Options) =>
      runForJson(tool(`node-${major}/bin/node`), main(options), { cwd: project }),
  })),
  {
    name: "Bun",
    environment: "Bun",
    toolchain: "@oven/bun-linux-x64",
    post: (options) =>
      runForJson(tool("@oven/bun-linux-x64/bin/bun"), main(options), { cwd: project }),
  },
  {
    name: "Deno",
    environment: "Deno",
    toolchain: "@deno/linux-x64-glibc",
    post: (options) => {
      const permissions = ["--no-prompt", "--allow-env", "--allow-net"];
      const args = ["run", ...permissions, ...main(options)];
      return runForJson(tool("@deno/linux-x64-glibc/deno"), args, { cwd: project });
    },
  },
  {
    name: "Cloudflare Workers (workerd)",
    environment: "Cloudflare Workers (workerd)",
    toolchain: "@cloudflare/workerd-linux-64",
    post: (options) => runInWorkerd(project, "post-once-worker", options),
  },
];

/** What was counted, for a reader of the log. */
const measured: Record<string, Record<string, string>> = {};

beforeAll(() => buildPages(project));
afterAll(() => {
  console.table(measured);
});

describe("over connections that break", () => {
  test("every runtime of the table in docs/reliability.md is counted", () => {
    const counted = [...runtimes.map(({ name }) => name), "Chromium"];
    expect(counted).toEqual(Object.keys(arrivalsAtMost));
  });

  test.for(runtimes)("a POST arrives once from $name", async (runtime, context) => {
    const { name, environment, toolchain, post } = runtime;
    const server = await startBreakingServer();
    onTestFinished(() => server.close());

    const ends = await post({ baseUrl: server.url, breakages: names, rounds });

    measured[toolchain] = arrivalsOf(server.arrivals);
    const told = Object.entries(breakages).map(([one, { outcome }]) => [
      one,
      { [outcome]: rounds },
    ]);
    expect(ends).toEqual(Object.fromEntries(told));
    expect(server.arrivals.size).toBe(names.length * rounds);
    const repeated = [...server.arrivals].filter(([, { count }]) => count > arrivalsAtMost[name]);
    expect(repeated.map(([prompt]) => prompt)).toEqual([]);

    const version = await versionOf(toolchain);
    covers(context, { environment, version, way: "a POST arrives once" });
  });

  test("a POST may arrive twice from Chromium, and the client warns of it", async (context) => {
    const server = await startBreakingServer();
    onTestFinished(() => server.close());

    const options = { baseUrl: server.url, breakages: names, rounds };
    const query = encodeURIComponent(JSON.stringify(options));
    const told = await openPage(project, `post-once.html?options=${query}`);

    measured["Chromium"] = arrivalsOf(server.arrivals);
    expect(told).toMatchObject({
      warnings: [expect.stringContaining("may send a paid call twice")],
    });
    const counts = new Set([...server.arrivals.values()].map(({ count }) => count));
    // If this fails because no call arrived twice, the warning and the README can go.
    expect([...counts].sort()).toEqual([1, arrivalsAtMost.Chromium]);

    covers(context, await chromiumTested(project));
  });
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
