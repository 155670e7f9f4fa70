import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../lib/input-error.js";
import { isObject } from "../../src/openapi/json.js";

const inAPackage = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * Collects the licences of the packages in a bundle, since their code is redistributed.
 *
 * @param files The files that were bundled.
 * @throws {InputError} if a package states no licence: then it must not be bundled.
 */
export async function thirdPartyLicences(files: readonly string[]): Promise<string> {
  const folders = new Set(files.flatMap((file) => inAPackage.exec(file)?.[0] ?? []));
  const sections = await Promise.all([...folders].sort().map(licenceOf));
  return ["dist/emulator and dist/cli contain code of the packages below.\n", ...sections].join(
    `\n${"-".repeat(80)}\n\n`,
  );
}

async function licenceOf(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version, license } = isObject(manifest) ? manifest : {};
  if (typeof name !== "string" || typeof version !== "string" || typeof license !== "string")
    throw new InputError(`${folder}/package.json states no licence: do not bundle it.`);
  const texts = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort();
  const bodies = await Promise.all(texts.map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})\n`, ...bodies.map((text) => `${text.trim()}\n`)].join(
    "\n",
  );
}
