import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Plugin } from "esbuild";

const OWN = "in layers";

/**
 * Has each entry, and each part that is loaded on first use, import the layers below it, given from
 * the bottom up. A bundler makes a file of every set of modules that the same entries share; so a
 * layer, which all that is above shares, becomes one file instead of a dozen.
 */
export function inLayers(...paths: string[]): Plugin {
  const layers = paths.map((path) => resolve(path));
  const entries = new Set<string>();
  return {
    name: OWN,
    setup(bundler) {
      bundler.onResolve({ filter: /./ }, async ({ path, pluginData, ...from }) => {
        const isEntry = from.kind === "entry-point" || from.kind === "dynamic-import";
        if (!isEntry || pluginData === OWN) return undefined;
        const found = await bundler.resolve(path, { ...from, pluginData: OWN });
        entries.add(found.path);
        return found;
      });
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const place = layers.indexOf(path);
        if (place < 0 && !entries.has(path)) return undefined;
        const below = place < 0 ? layers : layers.slice(0, place);
        // At the end, where they move no line that the source map knows.
        const imports = below.map((layer) => `import ${JSON.stringify(layer)};\n`);
        return { contents: `${await readFile(path, "utf8")}\n${imports.join("")}`, loader: "ts" };
      });
    },
  };
}
