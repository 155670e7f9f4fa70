import { join } from "node:path";
import { writeFileAtomically } from "../lib/write-file.js";
import { narrator } from "./narrator.js";
import { runCommand } from "./run-command.js";

/** Compares our document with the one that a server publishes, then with a changed copy of it. */
export async function checkDrift(server: string, folder: string): Promise<void> {
  await runCommand("drift", ["--published", `${server}/openapi.json`]);

  const changed = join(folder, "published.json");
  await writeFileAtomically(changed, await withOneModelLess(`${server}/openapi.json`));
  narrator.tell("and against a copy that no longer takes the model pkz_2:");
  await runCommand("drift", ["--published", changed], 1);
}

async function withOneModelLess(address: string): Promise<string> {
  const published = await (await fetch(address)).text();
  const changed = published.replaceAll(/"pkz_2",\s*/g, "");
  if (changed === published) throw new Error("the published document has no model pkz_2 to remove");
  return changed;
}
