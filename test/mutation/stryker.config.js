/**
 * Nothing is exempt: strings and constants that run on import are mutated like everything else. A
 * survivor means either a missing test or a change that nobody can observe.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  testRunner: "vitest",
  // The tests import the package by name, so Vitest cannot tell which files they are about.
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/{wrappers,transport,images}/**/*.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 6000,
  // Mutants of constants that run on import cost more time; some of those constants guard the key.
  warnings: { slow: false },
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: "coverage/mutation.json" },
  clearTextReporter: { allowColor: true, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
