import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { pack } from "../../../../scripts/package/pack.js";
import { buildPages } from "./browser.js";
import { run } from "./run.js";
import { installToolchains, versionOf } from "./toolchains.js";

declare module "vitest" {
  interface ProvidedContext {
    /** A project with only the tarball installed; its pages are built. */
    plainProject: string;
    /**
     * A project with fetch implementations from other packages and a bundler beside the tarball.
     */
    bundledProject: string;
    /** A TypeScript project with the optional peers beside the tarball. */
    typedProject: string;
    /** The emulator of the packed command line. */
    emulatorUrl: string;
  }
}

const programs = fileURLToPath(new URL("../programs", import.meta.url));

/**
 * Packages that other people's programs use beside this one, pinned here because nothing else needs
 * them.
 */
const otherPackages = [
  "node-fetch-2@npm:node-fetch@2.7.0",
  "node-fetch@3.3.2",
  "cross-fetch@4.1.0",
  "rollup@4.68.8",
  "@rollup/plugin-node-resolve@16.0.3",
  "@modelcontextprotocol/client@2.4.0",
];

/** Packs the package once and installs it as its users do, shared by all consumer tests. */
export default async function setup({ provide }: TestProject) {
  const [folder] = await Promise.all([
    mkdtemp(join(tmpdir(), "pikzels-consumers-")),
    installToolchains(),
  ]);
  const tarball = await pack(folder, { build: true });
  const plainProject = await createProject(join(folder, "plain"), [tarball.file]);
  await buildPages(plainProject);
  const typedProject = await createProject(join(folder, "typed"), [
    tarball.file,
    ...(await testedPeers()),
    `@types/node@${await versionOf("@types/node")}`,
  ]);
  const bundledProject = await createProject(join(folder, "bundled"), [
    tarball.file,
    ...otherPackages,
  ]);
  const emulator = spawnEmulator(plainProject);

  provide("plainProject", plainProject);
  provide("typedProject", typedProject);
  provide("bundledProject", bundledProject);
  provide("emulatorUrl", await addressOf(emulator));
  return async () => {
    emulator.kill();
    await rm(folder, { recursive: true });
  };
}

async function createProject(folder: string, packages: string[]): Promise<string> {
  await mkdir(folder);
  await cp(programs, folder, { recursive: true });
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...packages], {
    cwd: folder,
  });
  return folder;
}

/** The optional peers, in the versions used to develop this repository. */
async function testedPeers(): Promise<string[]> {
  const manifest = JSON.parse(await readFile("package.json", "utf8")) as {
    peerDependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  return Object.keys(manifest.peerDependencies).map(
    (name) => `${name}@${manifest.devDependencies[name] ?? ""}`,
  );
}

function spawnEmulator(project: string): ChildProcess {
  return spawn(
    join(project, "node_modules/.bin/pikzels-client"),
    ["emulate", "--port", "0", "--training-ms", "0"],
    {
      cwd: project,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("the emulator has no output");
  for await (const line of createInterface({ input: stdout })) {
    const [address] = /http:\/\/\S+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("the emulator ended without saying its address");
}
