import { chmod, copyFile, rm, writeFile } from "node:fs/promises";
import { bundleClient, bundleTools } from "./build/bundle.js";
import { compile } from "./build/compile.js";
import { keepReachable } from "./build/keep-reachable.js";
import { thirdPartyLicences } from "./build/third-party-licences.js";
import { runCommand } from "./lib/command.js";

const libraries = ["index", "node/index", "emulator/index", "redis/index"];

await runCommand({
  name: "npm run build",
  summary: "Builds the package into dist/.",
  options: {},
  exitCodes: { 0: "built", 2: "something does not compile, or must not be shipped" },
  async run() {
    await rm("dist", { recursive: true, force: true });
    await compile();
    await bundleClient();
    const bundled = await bundleTools();
    await writeFile("dist/THIRD-PARTY-LICENSES.txt", await thirdPartyLicences(bundled));
    await copyFile("src/generated/openapi.json", "dist/generated/openapi.json");
    // Drift accepted here is then known to everyone who compares with this version.
    await copyFile("spec/drift-accept.yaml", "dist/generated/drift-accept.yaml");
    await keepReachable("dist", [
      ...libraries.flatMap((entry) => [`${entry}.js`, `${entry}.d.ts`]),
      "cli/main.js",
    ]);
    await chmod("dist/cli/main.js", 0o755);
    return 0;
  },
});
