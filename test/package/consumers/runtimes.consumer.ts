import { expect, inject, test } from "vitest";
import { expectedTour } from "./support/expected.js";
import { runForJson } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";
import { runInWorkerd } from "./support/workerd.js";

const cwd = inject("plainProject");
const env = { PIKZELS_BASE_URL: inject("emulatorUrl"), NO_COLOR: "1" };

test("the package runs on Bun", async (context) => {
  const bun = tool("@oven/bun-linux-x64/bin/bun");
  expect(await runForJson(bun, ["fetch.mjs"], { cwd, env })).toEqual(expectedTour);
  covers(context, {
    environment: "Bun",
    version: await versionOf("@oven/bun-linux-x64"),
    way: "`import`",
  });
});

test("the package runs on Deno, with permission for only two variables and one address", async (context) => {
  const deno = tool("@deno/linux-x64-glibc/deno");
  const permissions = [
    "--no-prompt",
    "--allow-env=PIKZELS_API_KEY,PIKZELS_BASE_URL",
    `--allow-net=${new URL(env.PIKZELS_BASE_URL).host}`,
  ];
  expect(await runForJson(deno, ["run", ...permissions, "fetch.mjs"], { cwd, env })).toEqual(
    expectedTour,
  );
  covers(context, {
    environment: "Deno",
    version: await versionOf("@deno/linux-x64-glibc"),
    way: "`import`",
  });
});

test("the package runs on Cloudflare's workerd, without Node compatibility", async (context) => {
  const options = { baseUrl: env.PIKZELS_BASE_URL };
  expect(await runInWorkerd(cwd, "worker", options)).toEqual(expectedTour);
  covers(context, {
    environment: "Cloudflare Workers (workerd)",
    version: await versionOf("@cloudflare/workerd-linux-64"),
    way: "bundled by esbuild",
  });
});
