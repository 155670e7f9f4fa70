import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/openapi/json.js";
import { findDrift } from "../../scripts/drift/index.js";
import { updateSpec } from "../../scripts/drift/update/update.js";
import { publish } from "../evolutions/publish.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { objectUnder } from "./json.js";
import { changedSampleSpec, sampleSpec, writeSampleProject } from "./sample-project.js";

/** A project for the sample API, and a published document. */
async function setUp(published: JsonObject) {
  const root = await temporaryFolder({ "published.json": JSON.stringify(published) });
  const base = await writeSampleProject(root);
  const drift = () => findDrift({ base, published: join(root, "published.json") });
  const update = async () =>
    updateSpec(await drift(), { generated: join(root, "generated"), day: "2026-11-22" });
  return { root, base, drift, update };
}

/** Every file in a folder, with its text and modification time. */
async function snapshot(root: string) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file, (await stat(file)).mtimeMs, await readFile(file, "utf8")] as const;
    }),
  );
}

describe("drift --update", () => {
  it("applies the published spec, and leaves no drift", async () => {
    const { root, drift, update } = await setUp(await changedSampleSpec());
    await update();

    expect(await readFile(join(root, "generated", "operations.ts"), "utf8")).toContain(
      "get_v2_thumbnail_new",
    );
    expect(await readdir(join(root, "spec", "fragments"))).toContain("get_v2_thumbnail_new.yaml");
    expect((await drift()).findings).toEqual([]);
  });

  it("touches no file if nothing changed, whatever the order of the published document", async () => {
    const { tags, ...spec } = await sampleSpec();
    const reordered = Object.fromEntries(Object.entries(spec).toReversed());
    const { root, update } = await setUp({ ...(tags ? { tags } : {}), ...reordered });
    const before = await snapshot(root);

    expect((await update()).files).toEqual([]);
    expect(await snapshot(root)).toEqual(before);
  });

  it("touches no file if the docs pages match our spec", async () => {
    const { root, base } = await setUp({});
    const published = await publish(await sampleSpec(), "pages", join(root, "site"));
    const before = await snapshot(root);

    const generated = join(root, "generated");
    const drift = await findDrift({ base, published });
    const { files } = await updateSpec(drift, { generated, day: "2026-11-22" });
    expect(files).toEqual([]);
    expect(await snapshot(root)).toEqual(before);
  });

  it("removes the prices of a removed method, and leaves the file formatted", async () => {
    const spec = await sampleSpec();
    const operation = "/v2/thumbnail/score";
    Reflect.deleteProperty(objectUnder(spec, "paths"), operation);
    const { root, update } = await setUp(spec);

    await update();
    const prices = await readFile(join(root, "spec", "prices.yaml"), "utf8");
    expect(prices).not.toContain("thumbnails.score");
    expect(prices).toContain("# What a successful call costs");
    expect(await format(prices, { parser: "yaml" })).toBe(prices);
  });

  it("rewrites only the fragments that differ", async () => {
    const spec = await sampleSpec();
    objectUnder(spec, "paths", "/v2/thumbnail/score", "post")["summary"] = "Other words";
    const { root, update } = await setUp(spec);

    const { files } = await update();
    expect(files.filter((file) => file.includes("fragments"))).toEqual([
      join(root, "spec", "fragments", "post_v2_thumbnail_score.yaml"),
    ]);
  });

  it("applies changes that belong to no operation", async () => {
    const spec = await sampleSpec();
    const root = {
      servers: [{ url: "https://api.example.com/v3" }, { url: "https://eu.example.com/v3" }],
      tags: [{ name: "unused", description: "Of no operation" }],
      externalDocs: { url: "https://docs.example.com" },
      "x-tag-groups": [{ name: "All", tags: ["unused"] }],
      security: [{ token: [] }],
    };
    const components = objectUnder(spec, "components");
    components["securitySchemes"] = {
      ...objectUnder(components, "securitySchemes"),
      token: { type: "http", scheme: "bearer" },
      spare: { type: "http", scheme: "basic" },
    };
    const { root: folder, update } = await setUp({ ...spec, ...root });
    await update();

    const written = JSON.parse(
      await readFile(join(folder, "generated", "openapi.json"), "utf8"),
    ) as JsonObject;
    expect(written).toMatchObject(root);
    expect(objectUnder(written, "components", "securitySchemes")).toHaveProperty("spare");
  });

  it("applies operations behind references, with what their path says about them", async () => {
    const spec = await sampleSpec();
    const paths = objectUnder(spec, "paths");
    const item = objectUnder(paths, "/v2/pikzonality/{id}");
    const version = { name: "X-Version", in: "header", schema: { type: "string" } };
    item["parameters"] = [version];
    objectUnder(spec, "components")["pathItems"] = { Pikzonality: item };
    paths["/v2/pikzonality/{id}"] = { $ref: "#/components/pathItems/Pikzonality" };
    const { root, drift, update } = await setUp({ ...spec, openapi: "3.1.0" });
    await update();

    const written = JSON.parse(
      await readFile(join(root, "generated", "openapi.json"), "utf8"),
    ) as JsonObject;
    expect(objectUnder(written, "paths", "/v2/pikzonality/{id}")).toEqual(item);
    expect((await drift()).findings).toEqual([]);
  });

  it("removes what is no longer published", async () => {
    const spec = await sampleSpec();
    delete objectUnder(spec, "paths")["/v2/title/text"];
    const { root, base, update } = await setUp(spec);

    await update();
    const read = (name: string) => readFile(join(root, "spec", name), "utf8");
    expect(await readdir(join(root, "spec", "fragments"))).not.toContain("post_v2_title_text.yaml");
    expect(await read("sources.yaml")).not.toContain("title_text");
    expect(await read("names.yaml")).not.toContain("titles.fromText");
    expect(await readFile(base, "utf8")).not.toContain("/v2/title/text");
  });

  it("changes nothing if the client cannot be generated from the published spec", async () => {
    const spec = await changedSampleSpec();
    objectUnder(spec, "components", "schemas")["Lost"] = { $ref: "#/components/schemas/Nowhere" };
    const { root, update } = await setUp(spec);
    const before = await snapshot(root);

    await expect(update()).rejects.toThrow("$ref leads nowhere: #/components/schemas/Nowhere");
    expect(await snapshot(root)).toEqual(before);
  });
});
