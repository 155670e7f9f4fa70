/**
 * Which files may import which. `npm run check:imports` checks `src` and `scripts` against these
 * rules.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that need each other are one file, or need a third. Types count too.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "src-without-scripts",
      comment: "What ships must not need what only this repository has.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(scripts|test|bench|examples)/" },
    },
    {
      name: "universal-entry",
      comment:
        "The main entry runs in Workers, Bun, Deno and browsers, so it may not reach Node's modules.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { reachable: true, path: "^src/(node|redis|emulator|cli|mcp)/" },
    },
    {
      name: "universal-rooms",
      comment: "The rooms of the main entry import no Node module and no room that does.",
      severity: "error",
      from: { path: "^src/(openapi|generated|wrappers|transport|images)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "rooms-below-the-client",
      comment: "The core and the generated files know nothing of the client that stands on them.",
      severity: "error",
      from: { path: "^src/openapi/" },
      to: { path: "^src/(?!openapi/)" },
    },
    {
      name: "tools-by-their-public-module",
      comment:
        "A command's folder is its own: another one imports its index.ts and nothing behind it.",
      severity: "error",
      from: { path: "^scripts/([^/]+)/" },
      to: {
        path: "^scripts/(pull|merge|generate|drift|migrate|probe|docs|site|build|package)/",
        pathNot: ["^scripts/$1/", "^scripts/[^/]+/index\\.ts$", "^scripts/[^/]+/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "not-to-unresolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    // Types are imports too: a type that is erased at run time still has to be read.
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node"],
    },
  },
};
