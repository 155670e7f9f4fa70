import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findDrift } from "../../scripts/drift/drift.js";
import { updateSpec } from "../../scripts/drift/update/update.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { objectUnder } from "./json.js";
import { changedSpec, ownSpec } from "./own-spec.js";

/** A copy of the repository's spec folder, so that a test can write to it. */
async function specFolder(): Promise<string> {
  const root = await temporaryFolder();
  await cp("spec", join(root, "spec"), { recursive: true });
  return root;
}

async function update(root: string, drift: Parameters<typeof updateSpec>[0]): Promise<void> {
  await updateSpec(drift, { generated: join(root, "generated"), day: "2026-11-22" });
}

describe("an update", () => {
  it("makes ours what is published, and leaves no drift", async () => {
    const root = await specFolder();
    const published = join(root, "published.json");
    await writeFile(published, JSON.stringify(await changedSpec()));
    const base = join(root, "spec", "openapi.yaml");
    await update(root, await findDrift({ base, published }));

    expect(await readdir(join(root, "generated"))).toContain("schema.ts");
    expect(await readdir(join(root, "spec", "fragments"))).toContain("get_v2_thumbnail_new.yaml");
    expect((await findDrift({ base, published })).findings).toEqual([]);
  });

  it("takes out what is no longer published", async () => {
    const root = await specFolder();
    const spec = await ownSpec();
    delete objectUnder(spec, "paths")["/v2/title/text"];
    const published = join(root, "published.json");
    await writeFile(published, JSON.stringify(spec));
    const base = join(root, "spec", "openapi.yaml");

    await update(root, await findDrift({ base, published }));
    expect(await readdir(join(root, "spec", "fragments"))).not.toContain("post_v2_title_text.yaml");
    expect(await readFile(join(root, "spec", "sources.yaml"), "utf8")).not.toContain("title_text");
    expect(await readFile(base, "utf8")).not.toContain("/v2/title/text");
  });

  it("writes nothing where the published spec cannot be generated from", async () => {
    const root = await specFolder();
    const spec = await changedSpec();
    const error = objectUnder(
      spec,
      "components",
      "schemas",
      "ErrorResponse",
      "properties",
      "error",
    );
    (objectUnder(error, "properties", "code")["enum"] as string[]).push("BRAND_NEW");
    const published = join(root, "published.json");
    await writeFile(published, JSON.stringify(spec));
    const base = join(root, "spec", "openapi.yaml");

    await expect(update(root, await findDrift({ base, published }))).rejects.toThrow(
      "BRAND_NEW has no row in",
    );
    expect(await readFile(base, "utf8")).toBe(await readFile("spec/openapi.yaml", "utf8"));
    expect(await readdir(join(root, "spec", "fragments"))).toEqual(await readdir("spec/fragments"));
  });
});
