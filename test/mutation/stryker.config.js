/**
 * Nothing is excused: texts and constants that run on import are mutated like all else. What survives
 * is either a test that is missing or a change that nobody can see.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  testRunner: "vitest",
  // The tests import the package by its name, which hides from Vitest what they are about.
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/{wrappers,transport,images}/**/*.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 6000,
  // Constants that run on import cost more time than others; among them is what guards the key.
  warnings: { slow: false },
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: "coverage/mutation.json" },
  clearTextReporter: { allowColor: true, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
