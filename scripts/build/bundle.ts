import { build, type BuildOptions } from "esbuild";

const common = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  // What the command line needs of this package it imports as any other program does, so that
  // nothing is in there twice.
  external: ["pikzels-client/*"],
  // Packages written in CommonJS ask for Node's modules by `require`, which ESM lacks.
  banner: {
    js: `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);`,
  },
  // Names stay, so that stack traces and profiles can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

/**
 * Bundles the emulator and the command line, each into one file that needs nothing installed: the
 * validator, the YAML reader and so on become part of it instead of dependencies of everyone who
 * only wants the client.
 *
 * @returns The files that went into them, as paths from here.
 */
export async function bundle(): Promise<string[]> {
  const emulator = await build({
    ...common,
    entryPoints: { "emulator/index": "src/emulator/index.ts" },
    allowOverwrite: true,
    // Its sources are in the package; those of others need not be.
    sourcemap: true,
    sourcesContent: false,
  });
  const commandLine = await build({ ...common, entryPoints: { cli: "scripts/cli.ts" } });
  return [emulator, commandLine].flatMap(({ metafile }) => Object.keys(metafile.inputs));
}
