import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { errorColors } from "./lib/colors.js";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { runCommand } from "./lib/command.js";
import { pack } from "./package/pack.js";

await runCommand({
  name: "npm run check:package --",
  summary: "Packs what was built and looks at it as package managers, bundlers and TypeScript do.",
  options: {},
  exitCodes: { 0: "well-shaped", 1: "something in its shape is wrong", 2: "could not be packed" },
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "pikzels-pack-"));
    try {
      const { file, size, unpackedSize, files } = await pack(folder, { build: false });
      process.stdout.write(
        `package: ${size} bytes packed, ${unpackedSize} unpacked, ${files.length} files\n`,
      );
      const isShaped = await lintShape(file);
      const isTyped = await lintTypes(file);
      return isShaped && isTyped ? 0 : 1;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

/** publint: do the manifest and the files agree, for every tool that reads them? */
async function lintShape(file: string): Promise<boolean> {
  const { buffer } = new Uint8Array(await readFile(file));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  for (const message of messages)
    process.stderr.write(
      `${errorColors.red("publint")}: ${formatMessage(message, pkg) ?? message.code}\n`,
    );
  return messages.length === 0;
}

/**
 * Are the types wrong? Checked only for ESM and bundled programs: since Node 20.19 all others can
 * load ESM.
 */
async function lintTypes(file: string): Promise<boolean> {
  try {
    await promisify(execFile)("node_modules/.bin/attw", [
      file,
      "--profile=esm-only",
      "--no-definitely-typed",
    ]);
    return true;
  } catch (error) {
    process.stderr.write(error instanceof Error && "stdout" in error ? String(error.stdout) : "");
    return false;
  }
}
