import { build, type BuildOptions } from "esbuild";

const common = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

/** For what is there to be loaded fast, not to be read. */
const withEverything = {
  ...common,
  // What the command line needs of this package it imports as any other program does, so that
  // nothing is in there twice.
  external: ["pikzels-client", "pikzels-client/*"],
  // Packages written in CommonJS ask for Node's modules by `require`, which ESM lacks. A program that is
  // bundled as CommonJS has no `import.meta.url`, and Node's modules are the same from everywhere.
  banner: {
    js: `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url ?? "file:///");`,
  },
  // Names stay, so that stack traces and profiles can be read.
  minifyWhitespace: true,
  minifySyntax: true,
} satisfies BuildOptions;

const withMap = {
  // The sources are in the package; those of others need not be.
  sourcemap: true,
  sourcesContent: false,
} satisfies BuildOptions;

/** Joins the modules of the client into a few files: a file to look for is what costs an import time. */
export async function bundleClient(): Promise<void> {
  await build({
    ...common,
    ...withMap,
    entryPoints: {
      index: "src/index.ts",
      "node/index": "src/node/index.ts",
      "redis/index": "src/redis/index.ts",
    },
    platform: "neutral",
    target: "es2022",
    // Entries share modules: an error thrown by one is an instance of the other's class.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    packages: "external",
  });
}

/**
 * Bundles the emulator and the command line into files that need nothing installed: the
 * validator, the YAML reader and so on become part of them instead of dependencies of everyone who
 * only wants the client.
 *
 * @returns The files that went into them, as paths from here.
 */
export async function bundleTools(): Promise<string[]> {
  const emulator = await build({
    ...withEverything,
    ...withMap,
    entryPoints: { "emulator/index": "src/emulator/index.ts" },
  });
  const commandLine = await build({
    ...withEverything,
    entryPoints: { "cli/main": "scripts/cli.ts" },
    // What a command alone needs is loaded by that command.
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
  });
  return [emulator, commandLine].flatMap(({ metafile }) => Object.keys(metafile.inputs));
}
