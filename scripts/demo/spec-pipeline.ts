import { join } from "node:path";
import { runCommand } from "./run-command.js";

/** From published docs pages to generated types, then the same from the spec in this repository. */
export async function runPipeline(folder: string): Promise<void> {
  const fragments = join(folder, "spec", "fragments");
  const document = join(folder, "spec", "openapi.yaml");
  await runCommand("pull", ["--index", "test/fixtures/docs", "--out", fragments]);
  await runCommand("merge", ["--fragments", fragments, "--out", document]);
  await runCommand("generate", ["--spec", document, "--out", join(folder, "generated")]);
  await runCommand("merge", []);
  await runCommand("generate", []);
}
