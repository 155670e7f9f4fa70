import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, inject, test } from "vitest";
import { run } from "./support/run.js";
import { covers } from "./support/tested.js";
import { tool, versionOf } from "./support/toolchains.js";

const project = inject("typedProject");

// The setup of a program for browsers and Workers, and of one for Node, each with only the types of
// its own platform.
const setups = {
  bundler: {
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["es2022", "dom", "dom.iterable"],
      types: [],
    },
    files: ["../types/universal.ts"],
  },
  nodenext: {
    compilerOptions: {
      module: "nodenext",
      moduleResolution: "nodenext",
      lib: ["es2022"],
      types: ["node"],
    },
    files: ["../types/universal.ts", "../types/node.ts"],
  },
};

// Concurrently: the compilers are most of what these tests cost.
describe.for(["5.4", "5.9", "6", "7"])("TypeScript %s", { concurrent: true }, (release) => {
  describe.for(["bundler", "nodenext"] as const)("moduleResolution %s", (moduleResolution) => {
    test.for([true, false])("exactOptionalPropertyTypes %s", async (exact, context) => {
      const { compilerOptions, files } = setups[moduleResolution];
      const requires = moduleResolution === "nodenext" && release !== "5.4";
      const folder = join(project, `${release}-${moduleResolution}-${String(exact)}`);
      await mkdir(folder);
      await writeFile(
        join(folder, "tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            ...compilerOptions,
            target: "es2022",
            resolveJsonModule: true,
            strict: true,
            exactOptionalPropertyTypes: exact,
            skipLibCheck: false,
            noEmit: true,
          },
          files: requires ? [...files, "../types/required.cts"] : files,
        }),
      );

      const name = `typescript-${release}`;
      await run(process.execPath, [tool(`${name}/bin/tsc`), "-p", folder], { cwd: project });

      const version = await versionOf(name);
      covers(context, { environment: "TypeScript", version, way: `\`${moduleResolution}\`` });
    });
  });
});
