import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startRedisServer } from "../../scripts/lib/redis-server.js";
import { buildBatch } from "./build-batch.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const programOf = buildBatch();

function run(script: "run" | "worker" | "review", ...args: string[]) {
  return spawnSync(process.execPath, [programOf(script), ...args], { encoding: "utf8" });
}

describe("the commands of the batch", () => {
  it.each([
    ["run", "never pays for one twice"],
    ["worker", "until it is told to stop"],
    ["review", "may have been billed"],
  ] as const)("%s explains itself", (script, promise) => {
    const { status, stdout } = run(script, "--help");

    expect(status).toBe(0);
    expect(stdout).toContain(promise);
    expect(stdout).toContain("Exit codes:");
  });

  it.each([
    [["--live"], "--live needs --redis"],
    [["--jobs", "none"], '--jobs must be a whole number of 1 or more, not "none".'],
    [["--fault-rate", "2"], '--fault-rate must be a number from 0 to 1, not "2".'],
  ])("run %s is refused in one line", (args, problem) => {
    const { status, stderr } = run("run", ...args);

    expect(status).toBe(2);
    expect(stderr.split("\n").filter((line) => line !== "")).toEqual([
      expect.stringContaining(problem) as string,
    ]);
  });
});

it("a missing redis-server is reported with what to do about it", async () => {
  vi.stubEnv("PATH", "/nowhere");

  await expect(startRedisServer()).rejects.toThrow(/apt-get install redis-server/);
});
