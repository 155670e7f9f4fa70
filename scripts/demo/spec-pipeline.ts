import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { narrator } from "./narrator.js";
import { runCommand } from "./run-command.js";

/** From the published docs pages to the generated types: pull, merge, generate. */
export async function runPipeline(folder: string): Promise<void> {
  const pulled = join(folder, "fragments");
  await runCommand("pull", ["--index", "test/fixtures/docs", "--out", pulled]);
  for (const file of await readdir(pulled)) {
    const [fresh, kept] = await Promise.all([
      readFile(join(pulled, file), "utf8"),
      readFile(join("spec/fragments", file), "utf8"),
    ]);
    if (fresh !== kept) throw new Error(`spec/fragments/${file} is not what its page publishes`);
    narrator.tell(`${file} is what spec/fragments holds, byte for byte`);
  }
  await runCommand("merge", []);
  await runCommand("generate", []);
}
