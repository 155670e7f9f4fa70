import fc from "fast-check";

/**
 * Fuzzing draws the same cases in every run, so that a change is judged by what it did and not by
 * luck. `FUZZ_SEED=$RANDOM npm test` looks elsewhere, `FUZZ_RUNS=10000` for longer.
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env["FUZZ_SEED"] ?? 2026),
  numRuns: Number(process.env["FUZZ_RUNS"] ?? 100),
});
