import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { InputError } from "../lib/input-error.js";
import { openApiBlocks } from "../lib/openapi-block.js";
import { readSourceText, sourceTextOnDemand, type SourceText } from "../lib/source-text.js";

const FRAGMENT = /\.(?:ya?ml|json|md)$/i;
const DOCS_PAGE = /\.md$/i;

export interface FragmentFolder {
  fragments: SourceText[];
  /** Docs pages that carry no fragment. */
  pagesWithout: string[];
}

/**
 * Reads the fragments in a folder and its subfolders: `.yaml`, `.yml` and `.json` files, and the
 * OpenAPI blocks of `.md` docs pages. Hidden files are left out, and so is `except`, the file
 * that the merged document goes to.
 *
 * @throws {InputError} when the folder or one of its files cannot be read, or holds no fragment.
 */
export async function readFolder(folder: string, except: string): Promise<FragmentFolder> {
  const files = await fragmentFiles(folder);
  const fragments: SourceText[] = [];
  const pagesWithout: string[] = [];
  for (const file of files) {
    if (resolve(file) === resolve(except)) continue;
    if (!DOCS_PAGE.test(file)) {
      fragments.push(sourceTextOnDemand(file));
      continue;
    }
    const blocks = openApiBlocks(await readSourceText(file));
    fragments.push(...blocks.map(({ source }) => source));
    if (blocks.length === 0) pagesWithout.push(file);
  }
  if (fragments.length === 0) {
    throw new InputError(
      `${folder}: no fragments here (.yaml, .yml, .json, or .md docs pages with an OpenAPI block)`,
    );
  }
  return { fragments, pagesWithout };
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
