import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, vi } from "vitest";
import type * as cliDocument from "../../src/cli/document.js";

/**
 * Set up for every test file. These tests are about rules that hold for any spec, so they call an
 * API of their own, `test/sample-api`, which does not change with the spec: the files generated
 * from it replace `src/generated`. All other tests are about the spec.
 */
const ABOUT_RULES = [
  "batch/do-job",
  "batch/jobs",
  "cli/batch",
  "cli/completion",
  "cli/operations",
  "cli/wrong-use",
  "client/",
  "docs/emulator-guide",
  "docs/figures",
  "docs/retries-and-money",
  "drift/command",
  "drift/update",
  "emulator/",
  "errors/",
  "images/",
  "mcp/",
  "probe/probe",
  "redis/",
  "reliability/",
  "transport/",
];
/** The ones among them that are about every operation of the spec. */
const ABOUT_THE_SPEC = ["emulator/samples"];

const DOCUMENT = new URL("../sample-api/generated/openapi.json", import.meta.url);
const file = relative("test", expect.getState().testPath ?? "");
const isAbout = (beginnings: readonly string[]) =>
  beginnings.some((beginning) => file.startsWith(beginning));
if (isAbout(ABOUT_RULES) && !isAbout(ABOUT_THE_SPEC)) {
  // The command line reads the document from a file.
  vi.doMock("../../src/cli/document.js", async (original) => ({
    ...(await original<typeof cliDocument>()),
    readDocument: () => JSON.parse(readFileSync(DOCUMENT, "utf8")) as unknown,
  }));
  vi.doMock("../../src/generated/api.js", () => import("../sample-api/generated/api.js"));
  vi.doMock(
    "../../src/generated/behaviour.js",
    () => import("../sample-api/generated/behaviour.js"),
  );
  vi.doMock("../../src/generated/errors.js", () => import("../sample-api/generated/errors.js"));
  vi.doMock(
    "../../src/generated/operations.js",
    () => import("../sample-api/generated/operations.js"),
  );
  vi.doMock("../../src/generated/prices.js", () => import("../sample-api/generated/prices.js"));
  vi.doMock(
    "../../src/generated/openapi.json",
    () => import("../sample-api/generated/openapi.json"),
  );
}
