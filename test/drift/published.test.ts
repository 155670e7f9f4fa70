import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAcceptances } from "../../scripts/drift/acceptances.js";
import { findDrift, loadPublished } from "../../scripts/drift/index.js";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";
import { InputError } from "../../scripts/lib/input-error.js";
import { fragmentPage } from "../pull/fragment-page.js";
import { redirectTo, respond, startSite } from "../pull/site.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { apiWithSchema } from "./documents.js";

const api = JSON.stringify(apiWithSchema({ type: "string" }));

async function reasonOf(loading: Promise<unknown>): Promise<string> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
}

describe("the published spec", () => {
  it("may be an OpenAPI document at an address, even behind a redirect", async () => {
    const site = await startSite({
      "/old.json": redirectTo("/openapi.json"),
      "/openapi.json": api,
    });
    const { document } = await loadPublished(`${site.origin}/old.json`);
    expect(document.root["openapi"]).toBe("3.0.3");
  });

  it("may be assembled from the pages of a docs index", async () => {
    const site = await startSite({
      "/a.md": fragmentPage("GET", "/a"),
      "/b.md": fragmentPage("PUT", "/b"),
    });
    const { document } = await loadPublished(site.index);
    expect(Object.keys(document.root["paths"] as object)).toEqual(["/a", "/b"]);
  });

  it("may be assembled from a folder of docs pages", async () => {
    const folder = await temporaryFolder({ "a.md": fragmentPage("GET", "/a") });
    const { document } = await loadPublished(folder);
    expect(Object.keys(document.root["paths"] as object)).toEqual(["/a"]);
  });
});

describe("a spec that could not be read completely never counts as unchanged:", () => {
  it.each<[string, Parameters<typeof startSite>[0], string]>([
    ["nothing there", {}, "HTTP 404"],
    [
      "an HTML page",
      { "/spec": "<!doctype html><html></html>" },
      "is HTML, not an OpenAPI document",
    ],
    ["half of a document", { "/spec": api.slice(0, -20) }, "not valid YAML or JSON"],
    ["an empty answer", { "/spec": "" }, "the input is empty"],
    ["other JSON", { "/spec": "{}" }, "is not an OpenAPI 3 document (names no version)"],
    ["a Swagger document", { "/spec": '{"swagger":"2.0"}' }, "(is version 2.0)"],
    ["no paths", { "/spec": '{"openapi":"3.0.3"}' }, "(it has no paths)"],
    [
      "a server error",
      {
        "/spec": (_, response) => {
          respond(response, 500, api);
        },
      },
      "HTTP 500",
    ],
    [
      "a connection that breaks",
      {
        "/spec": (_, response) => {
          response.writeHead(200).write(api.slice(0, 50));
          response.destroy();
        },
      },
      "cannot be fetched",
    ],
  ])("%s", async (_, routes, reason) => {
    const site = await startSite(routes);
    const message = await reasonOf(loadPublished(`${site.origin}/spec`));
    expect(message).toContain(`${site.origin}/spec`);
    expect(message).toContain(reason);
    expect(message).not.toContain("\n");
  });

  it("a document that is too large", async () => {
    const site = await startSite({ "/spec": api });
    const message = await reasonOf(loadPublished(`${site.origin}/spec`, { maxBytes: 100 }));
    expect(message).toContain("is larger than 100 bytes");
  });

  it("a server that never answers", async () => {
    const site = await startSite({ "/spec": () => undefined });
    const message = await reasonOf(loadPublished(`${site.origin}/spec`, { timeoutMs: 20 }));
    expect(message).toContain("took longer than 20 ms");
  });

  it("a server that cannot be reached", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const message = await reasonOf(loadPublished("https://docs.test/openapi.json", { fetch }));
    expect(message).toBe("https://docs.test/openapi.json: cannot be fetched (fetch failed)");
  });

  it("plain http to another machine, which anybody in between can change", async () => {
    const fetch = () => Promise.reject(new Error("was asked"));
    const message = await reasonOf(loadPublished("http://docs.test/openapi.json", { fetch }));
    expect(message).toContain("only https, or http from loopback");
  });

  it("an address with a password, which is not repeated", async () => {
    const message = await reasonOf(loadPublished("https://me:secret@docs.test/openapi.json"));
    expect(message).toContain("credentials");
    expect(message).not.toContain("secret");
  });

  it("an index with a missing page", async () => {
    const site = await startSite({
      "/a.md": fragmentPage("GET", "/a"),
      "/b.md": (_request, response) => {
        respond(response, 503, "later");
      },
    });
    expect(await reasonOf(loadPublished(site.index))).toBe(`${site.origin}/b.md: HTTP 503`);
  });

  it("an index without a fragment", async () => {
    const site = await startSite({ "/a.md": "# Words" });
    expect(await reasonOf(loadPublished(site.index))).toContain("none of its pages carries");
  });
});

it("drift accepts the findings in drift-accept.yaml, and reports entries that match nothing", async () => {
  const root = await temporaryFolder({
    "ours.json": api,
    "theirs.json": JSON.stringify(apiWithSchema({ type: "integer" })),
  });
  const options = { base: join(root, "ours.json"), published: join(root, "theirs.json") };
  const [finding] = (await findDrift(options)).findings;
  if (!finding) throw new Error("no finding");
  await writeFile(
    join(root, "drift-accept.yaml"),
    [
      "accepted:",
      `  - { id: ${finding.id}, reason: known, date: 2026-11-22 }`,
      "  - { pointer: /gone, rule: type-changed, reason: was known, date: '2026-11-21' }",
    ].join("\n"),
  );

  const drift = await findDrift(options);
  expect(drift.accepted.map((entry) => entry.acceptance.reason)).toEqual(["known"]);
  expect(drift.findings.map(({ id }) => id)).not.toContain(finding.id);
  expect(drift.stale).toEqual([
    { pointer: "/gone", rule: "type-changed", reason: "was known", date: "2026-11-21" },
  ]);

  await cp(join(root, "drift-accept.yaml"), join(root, "other.yaml"));
  const elsewhere = await findDrift({ ...options, accept: join(root, "other.yaml") });
  expect(elsewhere.accepted).toHaveLength(1);
});

it("drift accepts the drift-accept.yaml that the guide shows", async () => {
  const guide = await readFile("docs/drift.md", "utf8");
  const shown = fencedBlocks(guide).filter(({ info }) => info === "yaml");
  expect(shown).toHaveLength(1);
  const root = await temporaryFolder({ "shown.yaml": shown[0]?.text ?? "" });
  const [accepted] = await readAcceptances(join(root, "shown.yaml"));
  expect(accepted).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{12}$/) as string });
});

it.each([
  ["{}", "an accepted finding needs its id, or its pointer and rule"],
  ["{ pointer: /a, reason: known, date: 2026-11-22 }", "needs its id, or its pointer and rule"],
  ["{ id: 123456789012, reason: a, date: 2026-11-22 }", "the id needs quotes: YAML takes it for"],
  ["{ id: abc, date: 2026-11-22 }", "an accepted finding needs a reason"],
  ["{ id: abc, reason: known }", "an accepted finding needs a date like 2026-11-22"],
  ["{ id: abc, reason: known, date: soon }", "an accepted finding needs a date like 2026-11-22"],
  ["{ id: abc, rule: no-such, reason: a, date: 2026-11-22 }", "no rule is called no-such"],
])("drift refuses the drift-accept.yaml entry %s", async (entry, reason) => {
  const root = await temporaryFolder({
    "ours.json": api,
    "drift-accept.yaml": `accepted:\n  - ${entry}\n`,
  });
  const ours = join(root, "ours.json");
  const message = await reasonOf(findDrift({ base: ours, published: ours }));
  expect(message).toContain(`${join(root, "drift-accept.yaml")}:2:5: `);
  expect(message).toContain(reason);
});
