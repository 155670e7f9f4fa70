import fc from "fast-check";

/**
 * Fuzzing uses the same cases in every run, so that a change is judged by its effect and not by
 * luck. `FUZZ_SEED=$RANDOM npm test` tries other cases, `FUZZ_RUNS=10000` tries more of them.
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env["FUZZ_SEED"] ?? 2026),
  numRuns: Number(process.env["FUZZ_RUNS"] ?? 100),
});
