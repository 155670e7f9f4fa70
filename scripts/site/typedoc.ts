import { fileURLToPath } from "node:url";
import { Application, Logger, LogLevel, TSConfigReader, type TypeDocOptions } from "typedoc";
import { InputError } from "../lib/input-error.js";
import { categoryOrder, groupByTopic } from "./topics.js";
import {
  hideHowTypesAreMade,
  nameByFrontMatter,
  nameWhatIsThrown,
  showWhatConstantsHold,
  undocumentedOnPurpose,
} from "./reflections.js";
import { showMethodsOfGroups } from "./methods.js";
import type { StagedPages } from "./stage-pages.js";
import { warmUpHighlighting } from "./warm-up.js";

const OPTIONS: TypeDocOptions = {
  name: "pikzels-client",
  includeVersion: true,
  tsconfig: "tsconfig.build.json",
  entryPoints: ["src/index.ts", "src/node/index.ts", "src/emulator/index.ts", "src/redis/index.ts"],
  sortEntryPoints: false,
  // What comes with the language, such as the members of `Error`.
  excludeExternals: true,
  disableSources: true,
  // `npm run check` does that, with the tests and all.
  skipErrorChecking: true,

  preservedTypeAnnotationTags: ["@throws"],
  sort: ["kind", "alphabetical-ignoring-documents"],
  categorizeByGroup: false,
  categoryOrder,
  navigation: { includeCategories: true, includeFolders: false },
  headings: { readme: false, document: false },
  searchInComments: true,
  searchInDocuments: true,
  highlightLanguages: ["bash", "json", "sh", "ts", "tsx", "yaml", "yml"],
  // Its default writes regular expressions in a red that is hard to read on white.
  lightHighlightTheme: "github-light-high-contrast",
  favicon: fileURLToPath(new URL("favicon.svg", import.meta.url)),
  customCss: fileURLToPath(new URL("site.css", import.meta.url)),
  githubPages: true,

  // Spelt out they fill a page; the examples say more.
  intentionallyNotExported: ["Method", "Call", "CallOfAnyMethod"],
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
};

/**
 * Reads the entry points, checks what they export, and renders it beside the pages.
 *
 * @throws {InputError} for anything that TypeDoc warns of, one line each: an export without a
 *   docstring, a link that leads nowhere, a type that is part of the surface and not exported.
 */
export async function renderSite(pages: StagedPages, out: string): Promise<void> {
  const typeDoc = await Application.bootstrap(
    { ...OPTIONS, readme: pages.readme, projectDocuments: pages.documents },
    [new TSConfigReader()],
  );
  const log = new CollectedWarnings();
  typeDoc.logger = log;
  nameByFrontMatter(typeDoc.converter);
  showWhatConstantsHold(typeDoc.converter);
  hideHowTypesAreMade(typeDoc.converter);
  nameWhatIsThrown(typeDoc.converter);
  showMethodsOfGroups(typeDoc);
  groupByTopic(typeDoc.converter);
  await warmUpHighlighting(typeDoc.renderer, pages.readme);

  const project = await typeDoc.convert();
  if (!project) throw new InputError(log.warnings.join("\n"));
  typeDoc.options.setValue("intentionallyNotDocumented", undocumentedOnPurpose(project));
  typeDoc.validate(project);
  await typeDoc.generateDocs(project, out);
  if (log.warnings.length > 0) throw new InputError(log.warnings.join("\n"));
}

class CollectedWarnings extends Logger {
  readonly warnings: string[] = [];

  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.warnings.push(message);
  }
}
