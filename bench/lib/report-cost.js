// Preloaded (`node --import`) into a measured process: writes its cost to a file when it ends.
// The figures come from the operating system, for the whole process with all its threads.
import { writeFileSync } from "node:fs";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

const file = process.env["BENCH_COST_FILE"];
if (isMainThread && file) {
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const cost = { peakBytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 };
    writeFileSync(file, JSON.stringify(cost));
  });
}
