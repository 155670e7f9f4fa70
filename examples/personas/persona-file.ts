import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { isPikzelsApiError, type Pikzels } from "pikzels-client";

type Ids = Record<string, string>;

/**
 * Returns the id of a persona that is ready, by a name of your own. The service cannot list
 * personas, so their ids are kept in a file: trained once, used from then on.
 */
export async function personaNamed(
  pikzels: Pikzels,
  name: string,
  photos: [string, string, string],
  file: string,
): Promise<string> {
  const known = (await readIds(file))[name];
  // If a training was under way when the program ended, wait for it instead of paying again.
  if (known && (await isReady(pikzels, known))) return known;

  const { id } = await pikzels.personas.create({ name, image_urls: photos });
  // Saved before the wait: a training takes minutes, and the program may end meanwhile.
  await keepId(file, name, id);
  await pikzels.pikzonalities.waitUntilReady(id);
  return id;
}

async function isReady(pikzels: Pikzels, id: string): Promise<boolean> {
  try {
    await pikzels.pikzonalities.waitUntilReady(id);
    return true;
  } catch (error) {
    if (isPikzelsApiError(error) && error.status === 404) return false;
    throw error;
  }
}

async function readIds(file: string): Promise<Ids> {
  if (!existsSync(file)) return {};
  return JSON.parse(await readFile(file, "utf8")) as Ids;
}

/** Renamed into place, so that a killed program leaves either the old file or the new one. */
async function keepId(file: string, name: string, id: string): Promise<void> {
  const ids = { ...(await readIds(file)), [name]: id };
  await writeFile(`${file}.new`, JSON.stringify(ids, null, 2));
  await rename(`${file}.new`, file);
}
