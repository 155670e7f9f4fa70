import { fileURLToPath } from "node:url";
import { Application, Logger, LogLevel, TSConfigReader, type TypeDocOptions } from "typedoc";
import { InputError } from "../lib/input-error.js";
import { categoryOrder, groupByTopic } from "./topics.js";
import {
  hideHowTypesAreMade,
  listLast,
  nameByFrontMatter,
  nameWhatIsThrown,
  showWhatConstantsHold,
  undocumentedOnPurpose,
} from "./reflections.js";
import { FOR_MAINTAINERS } from "./navigation.js";
import { showMethodsOfGroups } from "./methods.js";
import { hideNeededFields, hideWhatIsNotThere } from "./schema.js";
import type { StagedPages } from "./stage-pages.js";
import { warmUpHighlighting } from "./warm-up.js";

const OPTIONS: TypeDocOptions = {
  name: "pikzels-client",
  includeVersion: true,
  tsconfig: "scripts/build/tsconfig.json",
  entryPoints: ["src/index.ts", "src/node/index.ts", "src/emulator/index.ts", "src/redis/index.ts"],
  sortEntryPoints: false,
  // Members of the language itself, such as those of `Error`.
  excludeExternals: true,
  disableSources: true,
  // `npm run check` does that, including the tests.
  skipErrorChecking: true,

  preservedTypeAnnotationTags: ["@throws"],
  sort: ["kind", "alphabetical-ignoring-documents"],
  categorizeByGroup: false,
  categoryOrder,
  navigation: { includeCategories: true, includeFolders: false },
  headings: { readme: false, document: false },
  searchInComments: true,
  searchInDocuments: true,
  highlightLanguages: ["bash", "csv", "json", "jsonl", "sh", "ts", "tsx", "yaml", "yml"],
  // The default theme shows regular expressions in a red that is hard to read on white.
  lightHighlightTheme: "github-light-high-contrast",
  favicon: fileURLToPath(new URL("favicon.svg", import.meta.url)),
  customCss: fileURLToPath(new URL("site.css", import.meta.url)),
  githubPages: true,

  // Written out, the first three fill a page; the examples are more helpful. `Excluded` has no values,
  // and `operations` has the operations that the reference already lists.
  intentionallyNotExported: ["Method", "Call", "CallOfAnyMethod", "Excluded", "operations"],
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
};

/** The exports of the entry points, checked and ready to render. */
export interface Reference {
  /** @throws {InputError} for TypeDoc's warnings while rendering, one line each. */
  render: (out: string) => Promise<void>;
}

/**
 * Reads the entry points together with the pages, and checks their exports.
 *
 * @throws {InputError} for any warning of TypeDoc, one line each: an export without a docstring, a
 *   link that leads nowhere, a type that is part of the API but not exported.
 */
export async function readReference(pages: StagedPages): Promise<Reference> {
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
  hideWhatIsNotThere(typeDoc.converter);
  hideNeededFields(typeDoc.converter);
  groupByTopic(typeDoc.converter);
  listLast(typeDoc.converter, FOR_MAINTAINERS);
  await warmUpHighlighting(typeDoc.renderer, pages.readme);

  const project = await typeDoc.convert();
  if (!project) throw log.asInputError();
  typeDoc.options.setValue("intentionallyNotDocumented", undocumentedOnPurpose(project));
  typeDoc.validate(project);
  if (log.warnings.length > 0) throw log.asInputError();
  return {
    async render(out) {
      await typeDoc.generateDocs(project, out);
      if (log.warnings.length > 0) throw log.asInputError();
    },
  };
}

class CollectedWarnings extends Logger {
  readonly warnings: string[] = [];

  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    // Which of these types are referred to depends on the spec.
    if (message.includes("marked as intentionally not exported")) return;
    if (level >= LogLevel.Warn) this.warnings.push(message);
  }

  asInputError(): InputError {
    return new InputError(this.warnings.join("\n"));
  }
}
