import { relative } from "node:path";
import { expect, vi } from "vitest";

/**
 * Set up for every test file. These are about rules that hold whatever the spec says, so they call
 * an API of their own, `test/sample-api`, which stands still when the spec moves: what is generated
 * from it takes the place of `src/generated`. Tests about the spec are in the others.
 */
const ABOUT_RULES = [
  "client/",
  "docs/figures",
  "docs/retries-and-money",
  "errors/",
  "images/",
  "reliability/",
  "transport/",
];

const file = relative("test", expect.getState().testPath ?? "");
if (ABOUT_RULES.some((beginning) => file.startsWith(beginning))) {
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
