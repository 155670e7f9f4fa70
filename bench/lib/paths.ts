import { fileURLToPath } from "node:url";

/** The repository, the folder of the benchmarks, and the folder for results. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BENCH = fileURLToPath(new URL("../", import.meta.url));
export const WORK = fileURLToPath(new URL("../.work/", import.meta.url));
