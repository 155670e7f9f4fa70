import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../../src/openapi/json.js";
import { announcedTitle } from "../../lib/openapi-block.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";
import { toYamlText } from "../../lib/yaml-text.js";
import { announcementOf, readFragment, relation } from "../../merge/index.js";
import { fragmentName, fragmentText, type PulledFragment } from "../../pull/index.js";
import { splitDocument } from "./split-document.js";

/** A fragment file, existing or to be written. */
interface FragmentFile {
  name: string;
  source: SourceText;
}

/** A fragment to be written. */
interface ChangedFragment extends FragmentFile {
  /** The address of the page or the document that it comes from. */
  page: string;
}

/** What an update does to the folder of fragments. */
export interface FragmentChanges {
  changed: ChangedFragment[];
  /** Fragments that already say what is published. They stay as they are, byte for byte. */
  unchanged: FragmentFile[];
  /** Fragments of removed operations whose removal somebody accepted. */
  kept: FragmentFile[];
  /** Names of the files whose operations are no longer published. */
  removed: string[];
}

export interface FragmentSources {
  /** Folder of our fragments. */
  folder: string;
  /** Our merged document, and the published one. */
  base: JsonObject;
  published: JsonObject;
  /** The address of the published document, safe to show. */
  address: string;
  /** The published fragments themselves, if the published spec came from docs pages. */
  pulled?: readonly PulledFragment[] | undefined;
  /** Operations whose removal was accepted: `GET /a`. */
  accepted: ReadonlySet<string>;
}

/** Compares our fragments with the published ones. */
export async function fragmentChanges(sources: FragmentSources): Promise<FragmentChanges> {
  const present = await readFragments(sources.folder);
  const published = sources.pulled
    ? pulledFragments(sources.pulled, present)
    : cutFragments(sources);
  const changes: FragmentChanges = { changed: [], unchanged: [], kept: [], removed: [] };
  for (const [title, fragment] of published) {
    const ours = present.get(title);
    present.delete(title);
    if (ours && fragment.isOurs) changes.unchanged.push(ours);
    else {
      const name = ours?.name ?? fragment.name;
      const source = { file: join(sources.folder, name), text: fragment.text, lineOffset: 0 };
      changes.changed.push({ name, source, page: fragment.page });
    }
  }
  for (const [title, ours] of present) {
    if (sources.accepted.has(title)) changes.kept.push(ours);
    else changes.removed.push(ours.name);
  }
  return changes;
}

interface OurFragment extends FragmentFile {
  document: JsonObject;
}

interface PublishedFragment {
  /** The name for its file, if it has none yet. */
  name: string;
  text: string;
  page: string;
  /** Whether ours already says the same. */
  isOurs: boolean;
}

/** Our fragments by the operation they are about. */
async function readFragments(folder: string): Promise<Map<string, OurFragment>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml"));
  const fragments = new Map<string, OurFragment>();
  for (const name of names) {
    const source = await readSourceText(join(folder, name));
    const { document, operation } = readFragment(source);
    fragments.set(announcedTitle(announcementOf(operation)), { name, source, document });
  }
  return fragments;
}

function pulledFragments(
  pulled: readonly PulledFragment[],
  present: ReadonlyMap<string, OurFragment>,
): Map<string, PublishedFragment> {
  return new Map(
    pulled.map((fragment) => {
      const title = announcedTitle(fragment.announced);
      const ours = present.get(title)?.document;
      return [
        title,
        {
          name: fragment.fileName,
          text: fragmentText(fragment),
          page: fragment.page,
          isOurs: ours !== undefined && isSame(ours, fragment.document),
        },
      ];
    }),
  );
}

/**
 * The published document, split into fragments. To decide whether ours says the same, our merged
 * document is split in the same way, because one of our fragments may be worded differently from
 * the others.
 */
function cutFragments({
  base,
  published,
  address,
}: FragmentSources): Map<string, PublishedFragment> {
  const ours = new Map(
    splitDocument(base).map(({ announced, document }) => [announcedTitle(announced), document]),
  );
  return new Map(
    splitDocument(published).map(({ announced, document }) => {
      const title = announcedTitle(announced);
      const known = ours.get(title);
      return [
        title,
        {
          name: fragmentName(announced),
          text: toYamlText(document),
          page: address,
          isOurs: known !== undefined && isSame(known, document),
        },
      ];
    }),
  );
}

function isSame(ours: JsonObject, published: JsonObject): boolean {
  return relation(ours, published, "spec") === "same";
}
