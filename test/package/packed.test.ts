import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify, stripVTControlCharacters } from "node:util";
import { startEmulator } from "pikzels-client/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  documentedOperations,
  generatedDocument,
} from "../../scripts/docs/documented-operations.js";
import { exampleExpression } from "../../scripts/generate/index.js";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { pack, type Tarball } from "../../scripts/package/pack.js";
import {
  key,
  misplacedKeys,
  run as runWithKey,
  runEmulatorAndCall,
  secretAddresses,
  showsSecret,
} from "../reliability/support/commands-with-key.js";

const run = promisify(execFile);

let folder: string;
let tarball: Tarball;
let installed: string;
let manifest: JsonObject;

// Packed as for publishing, and unpacked where `npm install` would put it. The dependencies are
// those of this repository; nothing is fetched.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-packed-"));
  tarball = await pack(folder, { build: true });
  const modules = join(folder, "node_modules");
  installed = join(modules, "pikzels-client");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", tarball.file, "-C", installed, "--strip-components=1"]);
  const read: unknown = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  manifest = isObject(read) ? read : {};
  for (const name of Object.keys(objectAt(manifest, "dependencies")))
    await symlink(resolve("node_modules", name), join(modules, name));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the package", () => {
  test("contains only the build, its sources, and what readers look for", () => {
    const kinds = [
      /^(dist|src)\/[\w./-]+\.(js|d\.ts|ts|map)$/,
      /^docs\/[\w-]+\.(md|svg)$/,
      /^examples\/(?!batch)[\w./-]+\.(md|ts)$/,
    ];
    const others = tarball.files.filter((file) => !kinds.some((kind) => kind.test(file)));
    const allowed = [
      "AGENTS.md",
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "dist/THIRD-PARTY-LICENSES.txt",
      "dist/generated/drift-accept.yaml",
      "dist/generated/openapi.json",
      "package.json",
      "spec/sources.yaml",
      // The emulator's source map refers to it.
      "src/generated/openapi.json",
    ];
    expect(allowed).toEqual(expect.arrayContaining(others));
  });

  test("runs nothing when it is installed", () => {
    const scripts = Object.keys(objectAt(manifest, "scripts"));
    const onInstall = ["preinstall", "install", "postinstall", "prepare", "preprepare"];
    expect(scripts.filter((name) => onInstall.includes(name))).toEqual([]);
  });

  test("has few dependencies, which have none themselves and run nothing", async () => {
    const dependencies = Object.keys(objectAt(manifest, "dependencies"));
    expect(dependencies).toContain("openapi-fetch");
    expect(dependencies.length).toBeLessThanOrEqual(4);
    for (const name of dependencies) {
      const its: unknown = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
      const inner = Object.keys(objectAt(its, "dependencies"));
      // openapi-fetch needs the helpers for its types only.
      expect(inner.filter((each) => each !== "openapi-typescript-helpers")).toEqual([]);
      expect(objectAt(its, "scripts")).not.toHaveProperty("postinstall");
    }
  });

  test("has pages whose links lead to files in it, or to files that only the repository has", async () => {
    const pages = tarball.files.filter((file) => file.endsWith(".md"));
    expect(pages).toContain("README.md");
    for (const page of pages) {
      const text = await readFile(join(installed, page), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
        const path = join(page, "..", target);
        const isThere = tarball.files.some((file) => file === path || file.startsWith(`${path}/`));
        if (!/^(\.github|examples\/batch|test)\//.test(`${path}/`))
          expect(isThere, `${page} → ${target}`).toBe(true);
      }
    }
  });

  test("has source maps that refer to sources in the package", async () => {
    const maps = tarball.files.filter((file) => file.endsWith(".map"));
    expect(maps).not.toEqual([]);
    for (const file of maps) {
      const { sources } = JSON.parse(await readFile(join(installed, file), "utf8")) as {
        sources: string[];
      };
      const own = sources.filter((source) => !source.includes("node_modules/"));
      const paths = own.map((source) => join(file, "..", source));
      expect(tarball.files).toEqual(expect.arrayContaining(paths));
    }
  });

  test("has a licence for every bundled package", async () => {
    const licences = await readFile(join(installed, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    const { sources } = JSON.parse(
      await readFile(join(installed, "dist/emulator/index.js.map"), "utf8"),
    ) as { sources: string[] };
    const bundled = sources.flatMap(
      (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [],
    );
    expect(bundled).toContain("ajv");
    for (const name of new Set(bundled)) expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
  });
});

const SAMPLE_API = resolve("test/sample-api/generated/openapi.json");
const document = await generatedDocument();
const [shown] = documentedOperations(document).filter(({ facts }) => facts.method === "POST");
if (!shown) throw new Error("the spec has no POST");
const [group = "", name = ""] = shown.facts.name.split(".");
const call = exampleExpression(document, { group, name, operation: shown.operation });

/** Runs a program that has the package installed, and returns what it printed. */
async function node(file: string, code: string): Promise<string> {
  await writeFile(join(folder, file), code);
  const { stdout } = await run(process.execPath, [file], { cwd: folder });
  return stdout.trim();
}

describe("the installed package", () => {
  test("can be imported", async () => {
    const told = await node(
      "imported.mjs",
      `import { createPikzels } from "pikzels-client";
       import { readImage } from "pikzels-client/node";
       import { startEmulator } from "pikzels-client/emulator";
       const emulator = await startEmulator();
       const pikzels = createPikzels({ apiKey: "pkz_packed", baseUrl: emulator.url });
       const answer = await ${call};
       await emulator.close();
       console.log(typeof readImage, typeof answer);`,
    );
    expect(told).toBe("function object");
  });

  test("can be required", async () => {
    const told = await node(
      "required.cjs",
      `const { createPikzels, errorCodes } = require("pikzels-client");
       const { downloadTo } = require("pikzels-client/node");
       const { startEmulator } = require("pikzels-client/emulator");
       const { openapi } = require("pikzels-client/openapi.json");
       console.log(typeof createPikzels, typeof downloadTo, typeof startEmulator, openapi.slice(0, 2));`,
    );
    expect(told).toBe("function function function 3.");
  });
});

test("every program in the packed README runs unchanged, as plain JavaScript", async () => {
  await using emulator = await startEmulator({ trainingMs: 0 });
  const env = { ...process.env, PIKZELS_BASE_URL: emulator.url, PIKZELS_API_KEY: "pkz_readme" };
  for (const name of ["hero", "one", "two", "three"])
    await copyFile("test/fixtures/images/photo.png", join(folder, `${name}.png`));

  const readme = await readFile(join(installed, "README.md"), "utf8");
  const programs = fencedBlocks(readme).filter(({ info }) => info === "ts");
  expect(programs).not.toEqual([]);
  const ended = programs.map(async ({ text }, index) => {
    const file = join(folder, `readme-${index}.mjs`);
    await writeFile(file, text);
    return run(process.execPath, [file], { cwd: folder, env });
  });
  for (const { stderr } of await Promise.all(ended)) expect(stderr).toBe("");
});

describe("the packed command line", () => {
  const cli = async (...args: string[]) => {
    const bin = join(installed, "dist/cli/main.js");
    const ended = run(process.execPath, [bin, ...args], { cwd: folder });
    return ended.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
  };

  test("prints its version", async () => {
    expect(await cli("--version")).toMatchObject({ stdout: `${String(manifest["version"])}\n` });
  });

  test("lists its commands", async () => {
    const { stdout } = await cli("--help");
    expect(stdout).toMatch(/^ {2}emulate {2}/m);
    expect(stdout).toMatch(/^ {2}drift {4}/m);
  });

  test.for([
    [["qqq"], "error: Unknown command 'qqq'. See pikzels-client --help.\n"],
    [
      ["thumbnail"],
      "error: Unknown command 'thumbnail' (Did you mean thumbnails?) See pikzels-client --help.\n",
    ],
    [["constructor"], "error: Unknown command 'constructor'. See pikzels-client --help.\n"],
  ] as const)("refuses %j in one line", async ([args, line]) => {
    expect(await cli(...args)).toMatchObject({ code: 2, stdout: "", stderr: line });
  });

  test.for(["emulate", "drift"])(
    "prints the help of %s under the name it was called by",
    async (name) => {
      const { stdout } = await cli(name, "--help");
      expect(stdout).toContain(`Usage: pikzels-client ${name} [options]`);
      expect(stdout).not.toContain("npm run");
    },
  );

  test("compares the package's own document with drift", async () => {
    const same = join(installed, "dist/generated/openapi.json");
    expect(await cli("drift", "--published", same)).toMatchObject({ code: 0 });

    const document = JSON.parse(await readFile(same, "utf8")) as { paths: JsonObject };
    Reflect.deleteProperty(document.paths, shown.facts.path);
    const other = join(folder, "published.json");
    await writeFile(other, JSON.stringify(document));
    const { code, stdout } = await cli("drift", "--published", other);
    expect(code).toBe(1);
    expect(stdout).toContain(shown.facts.path);
  });

  test("serves with emulate until it is stopped", async () => {
    const bin = join(installed, "dist/cli/main.js");
    const emulator = spawn(process.execPath, [bin, "emulate", "--port", "0"]);
    const ended = once(emulator, "exit");
    const output = createInterface({ input: emulator.stdout })[Symbol.asyncIterator]();
    const { value: line } = (await output.next()) as { value: string };
    const [url = ""] = /http:\S+/.exec(stripVTControlCharacters(line)) ?? [];

    const told = await node(
      "served.mjs",
      `import { createPikzels } from "pikzels-client";
       const pikzels = createPikzels({ apiKey: "pkz_packed", baseUrl: ${JSON.stringify(url)} });
       console.log(typeof (await ${call}));`,
    );
    expect(told).toBe("object");
    emulator.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  test("prints no key with emulate and drift, whatever they are sent", async () => {
    const bin = join(installed, "dist/cli/main.js");
    const { output, statuses, charged } = await runEmulatorAndCall([
      process.execPath,
      bin,
      "emulate",
      ...["--spec", SAMPLE_API],
    ]);
    expect(output).toContain(charged);
    expect(statuses).toContain(413);
    expect(showsSecret(output)).toBe(false);

    const { good, bad } = await secretAddresses("{}");
    const broken = [good, ...bad.slice(0, 2)].map((address) => ["drift", "--published", address]);
    const misplaced = misplacedKeys.slice(0, 2).map((argv) => ["drift", ...argv]);
    for (const argv of [...broken, ...misplaced, [key]]) {
      const { code, output } = await runWithKey([process.execPath, bin], ...argv);
      expect(code).toBe(2);
      expect(output).toMatch(/^.+\n$/);
      expect(showsSecret(output)).toBe(false);
    }
  });
});
