import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { InputError } from "../lib/input-error.js";

/**
 * Compiles all of `src` to declarations and declaration maps in `dist`; the code that runs is
 * bundled.
 */
export async function compile(): Promise<void> {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const compiler = spawn(process.execPath, [tsc, "-p", "scripts/build/tsconfig.json"], {
    stdio: "inherit",
  });
  const [code] = (await once(compiler, "exit")) as [number | null];
  if (code !== 0) throw new InputError("The sources do not compile; nothing usable was built.");
}
