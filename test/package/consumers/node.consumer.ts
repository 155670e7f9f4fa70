import { describe, expect, inject, test } from "vitest";
import { expectedTour } from "./support/expected.js";
import { runForJson } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";

const cwd = inject("plainProject");

describe.for(["20", "22", "24", "26"])("Node.js %s", (major) => {
  const node = tool(`node-${major}/bin/node`);

  test("imports every entry", async (context) => {
    const version = await versionOf(`node-${major}`);
    expect(await runForJson(node, ["node.mjs"], { cwd })).toEqual({
      ...expectedTour,
      runtime: version,
      saved: "data:image/png;",
      operations: 9,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
    covers(context, { environment: "Node.js", version, way: "`import`" });
  });

  test("requires every entry", async (context) => {
    const version = await versionOf(`node-${major}`);
    expect(await runForJson(node, ["node.cjs"], { cwd })).toEqual({
      runtime: version,
      titles: true,
      gone: true,
      unread: "PikzelsInputError",
      operations: 9,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
    covers(context, { environment: "Node.js", version, way: "`require()`" });
  });
});
