/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts" },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/wrappers/**/*.ts"],
  // Prose is for people: a test that repeats a message word by word would hold nothing together.
  mutator: { excludedMutations: [] },
  ignoreStatic: true,
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 10_000,
  tempDirName: "node_modules/.stryker",
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: "coverage/mutation.json" },
  clearTextReporter: { allowColor: true, logTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
};
