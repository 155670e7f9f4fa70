import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../docs/snippets.js";

/** What people know about the sample API beyond its document. */
export const sampleKnowledge = Object.fromEntries(
  (["names", "errors", "prices", "behaviour"] as const).map((kind) => [
    kind,
    join(root, "test/sample-api", `${kind}.yaml`),
  ]),
);

/** The files generated from the sample API, by name. */
export async function sampleApiFiles(): Promise<Map<string, string>> {
  const folder = join(root, "test/sample-api/generated");
  const names = await readdir(folder);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
    ),
  );
}
