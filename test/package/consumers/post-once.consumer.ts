import { afterAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { arrivalsAtMost, breakages } from "../../../scripts/docs/arrivals.js";
import { startBreakingServer, type Arrivals } from "./support/breaking-server.js";
import { chromiumTested, runInChromium } from "./support/browser.js";
import { runtimesOf } from "./support/runtimes.js";
import { covers } from "./support/tested.js";
import { versionOf } from "./support/toolchains.js";

const project = inject("plainProject");
const runtimes = runtimesOf(project);
const rounds = 10;
const names = Object.keys(breakages);

/** The counts, for readers of the log. */
const measured: Record<string, Record<string, string>> = {};

afterAll(() => {
  console.table(measured);
});

describe("over connections that break", () => {
  test("every runtime in the table of docs/reliability.md is tested", () => {
    const counted = [...runtimes.map(({ name }) => name), "Chromium"];
    expect(counted).toEqual(Object.keys(arrivalsAtMost));
  });

  test.for(runtimes)("a POST arrives once from $name", async (runtime, context) => {
    const { name, environment, toolchain, run } = runtime;
    const server = await startBreakingServer();
    onTestFinished(() => server.close());

    const ends = await run("post-once", { baseUrl: server.url, breakages: names, rounds });

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
    const { warnings } = await runInChromium(project, "post-once", options);

    measured["Chromium"] = arrivalsOf(server.arrivals);
    // One of each client: half of the calls are of one that was given the platform's own `fetch`.
    const warning: unknown = expect.stringContaining("may send a paid call twice");
    expect(warnings).toEqual([warning, warning]);
    const counts = new Set([...server.arrivals.values()].map(({ count }) => count));
    // If this fails because no call arrived twice, remove the warning and the README's note.
    expect([...counts].sort()).toEqual([1, arrivalsAtMost.Chromium]);

    covers(context, await chromiumTested(project));
  });
});

/** For each breakage: how many calls arrived, and how many of them over a reused connection. */
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
