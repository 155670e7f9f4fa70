import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { InputError } from "../lib/input-error.js";
import { openApiBlocks } from "../lib/openapi-block.js";
import { readSourceText, sourceTextOnDemand, type SourceText } from "../lib/source-text.js";

const FRAGMENT = /\.(?:ya?ml|json|md)$/i;
const DOCS_PAGE = /\.md$/i;

export interface FragmentFolder {
  fragments: SourceText[];
  /** Parts of the folder that look like fragments but are not, one line each. */
  warnings: string[];
}

/**
 * Reads the fragments in a folder and its subfolders: `.yaml`, `.yml` and `.json` files, and the
 * OpenAPI blocks of `.md` docs pages. Hidden files are skipped, and so is `except`, the file that
 * the merged document is written to.
 *
 * @throws {InputError} if the folder or one of its files cannot be read, or holds no fragment.
 */
export async function readFolder(folder: string, except: string): Promise<FragmentFolder> {
  const read: FragmentFolder = { fragments: [], warnings: [] };
  for (const file of await fragmentFiles(folder)) {
    if (resolve(file) === resolve(except)) continue;
    if (DOCS_PAGE.test(file)) addBlocks(await readSourceText(file), read);
    else read.fragments.push(sourceTextOnDemand(file));
  }
  if (read.fragments.length === 0) {
    throw new InputError(
      `${folder}: no fragments here (.yaml, .yml, .json, or .md docs pages with an OpenAPI block)`,
    );
  }
  return read;
}

function addBlocks(page: SourceText, { fragments, warnings }: FragmentFolder): void {
  const { announced, unannounced } = openApiBlocks(page);
  fragments.push(...announced.map(({ source }) => source));
  for (const { source } of unannounced) {
    warnings.push(
      `${page.file}:${source.lineOffset}: warning: an OpenAPI block that names no operation; left out`,
    );
  }
  if (announced.length + unannounced.length === 0) {
    warnings.push(`${page.file}: warning: has no OpenAPI block; left out`);
  }
}

async function fragmentFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code === "ENOENT" ? "no such folder" : (code ?? message);
      throw new InputError(`${folder}: cannot be read (${reason})`);
    },
  );
  return entries
    .filter((entry) => !entry.isDirectory() && FRAGMENT.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !/(?:^|[\\/])\./.test(file))
    .map((file) => join(folder, file));
}
