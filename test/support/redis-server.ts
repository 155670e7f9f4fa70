import { spawnSync } from "node:child_process";
import { describe } from "vitest";

const found = spawnSync("redis-server", ["--version"]).status === 0;

/**
 * `describe` for tests that need a redis-server. Without one they are skipped, by name and with the
 * reason. In CI they fail instead, because a skipped proof would look like a passed one.
 */
export const describeWithRedis =
  found || process.env["CI"] === "true"
    ? describe
    : (name: string, tests: () => void) => {
        describe.skip(`${name} (skipped: no redis-server on the PATH)`, tests);
      };
