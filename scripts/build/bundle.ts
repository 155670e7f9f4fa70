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

/** For code that should load fast, not be read. */
const withEverything = {
  ...common,
  // The command line imports this package as any other program does, so nothing is included twice.
  external: ["pikzels-client", "pikzels-client/*"],
  // Packages written in CommonJS load Node's modules with `require`, which ESM lacks. A program
  // that is bundled as CommonJS has no `import.meta.url`, but Node's modules are the same from
  // anywhere.
  banner: {
    js: `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url ?? "file:///");`,
  },
  // Names are kept, so that stack traces and profiles are readable.
  minifyWhitespace: true,
  minifySyntax: true,
} satisfies BuildOptions;

const withMap = {
  // The package contains our sources; other packages' sources are not needed.
  sourcemap: true,
  sourcesContent: false,
} satisfies BuildOptions;

/**
 * Joins the modules of the client into a few files, because most of the import time goes into
 * locating files.
 */
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
    // Entries share modules, so an error thrown by one is an instance of the other's class.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    packages: "external",
  });
}

/**
 * Bundles the emulator and the command line into self-contained files: the validator, the YAML
 * reader and so on become part of them instead of dependencies of everyone who only wants the
 * client.
 *
 * @returns The files that were bundled, as paths relative to the current folder.
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
    // Code that only one command needs is loaded by that command.
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
  });
  return [emulator, commandLine].flatMap(({ metafile }) => Object.keys(metafile.inputs));
}
