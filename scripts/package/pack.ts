import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** What `npm pack` reports about the tarball. */
export interface Tarball {
  /** Absolute path of the .tgz file. */
  file: string;
  /** The size of the download in bytes. */
  size: number;
  /** The size on disk once installed, in bytes. */
  unpackedSize: number;
  /** Paths inside the package. */
  files: string[];
}

/**
 * Packs the package as publishing would.
 *
 * @param folder Where to put the tarball.
 * @param options.build Whether to build first, as `npm pack` does by default.
 */
export async function pack(folder: string, { build }: { build: boolean }): Promise<Tarball> {
  const { stdout } = await promisify(execFile)("npm", [
    "pack",
    "--json",
    "--silent",
    `--pack-destination=${folder}`,
    ...(build ? [] : ["--ignore-scripts"]),
  ]);
  // The output of prepack precedes the list.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [PackResult];
  return {
    file: resolve(folder, packed.filename),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    files: packed.files.map(({ path }) => path),
  };
}

interface PackResult {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}
