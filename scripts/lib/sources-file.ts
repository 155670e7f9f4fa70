import { isMap, parseDocument, Scalar, type Document, type YAMLMap } from "yaml";
import { toPointer } from "../../src/openapi/pointer.js";
import { InputError } from "./input-error.js";
import { locate } from "./locate.js";
import { parseDocument as checkSyntax } from "./parse-document.js";
import { readSourceTextIfPresent, type SourceText } from "./source-text.js";

const NEW_FILE = `# Where each fragment came from. \`npm run pull\` writes the entries of the pages it reads.
fragments: {}
`;

/** The same width as prettier, so that neither rewraps what the other wrote. */
const LINE_WIDTH = 100;

/** Whether a fragment is the published block itself or was transcribed by hand. */
const KINDS = ["verbatim", "transcribed"] as const;
type Kind = (typeof KINDS)[number];

/**
 * `spec/sources.yaml`: where each fragment came from. It is edited in place, which preserves
 * comments, order and entries kept by hand.
 */
export class SourcesFile {
  readonly #document: Document;
  readonly #fragments: YAMLMap;

  private constructor(document: Document, fragments: YAMLMap) {
    this.#document = document;
    this.#fragments = fragments;
  }

  /**
   * Reads the file. If it does not exist yet, it counts as empty.
   *
   * @throws {InputError} if it is not YAML, has no `fragments`, or an entry has no known `kind`.
   */
  static async read(file: string): Promise<SourcesFile> {
    const source = (await readSourceTextIfPresent(file)) ?? { file, text: NEW_FILE, lineOffset: 0 };
    checkSyntax(source);
    const document = parseDocument(source.text);
    const fragments = document.get("fragments");
    if (!isMap(fragments)) {
      const position = locate(source, "/fragments");
      throw InputError.at(file, position, "fragments is not a mapping from file names to sources");
    }
    checkKinds(fragments, source);
    return new SourcesFile(document, fragments);
  }

  /** The files of this kind. */
  filesOfKind(kind: Kind): string[] {
    return this.#fragments.items
      .map(({ key }) => String(key))
      .filter((fileName) => this.#fragments.getIn([fileName, "kind"]) === kind);
  }

  /**
   * Whether a fragment is recorded as the published block of a page. If the page is known only as a
   * file in a folder, the recorded address says more and is kept.
   */
  isVerbatimFrom(fileName: string, page: string): boolean {
    const at = (key: string) => this.#fragments.getIn([fileName, key]);
    return at("kind") === "verbatim" && (at("page") === page || !URL.canParse(page));
  }

  /** Records that a fragment was pulled from a page on a day (`2026-11-22`). */
  recordVerbatim(fileName: string, page: string, day: string): void {
    const date = new Scalar(day);
    date.type = Scalar.QUOTE_DOUBLE; // YAML 1.1 readers take an unquoted one as a timestamp.
    const entry = this.#document.createNode({ page, date, kind: "verbatim" });
    const items = this.#fragments.items;
    const known = items.find((item) => String(item.key) === fileName);
    if (known) {
      known.value = entry;
      return;
    }
    this.#fragments.flow = false;
    const after = items.findIndex((item) => String(item.key) > fileName);
    const pair = this.#document.createPair(fileName, entry);
    items.splice(after < 0 ? items.length : after, 0, pair);
  }

  /**
   * Records what the service confirmed about a fragment on a day (`2026-11-22`), replacing the
   * previous record.
   *
   * @returns whether the fragment has an entry.
   */
  recordConfirmed(fileName: string, facts: readonly string[], day: string): boolean {
    const entry = this.#fragments.get(fileName);
    if (!isMap(entry)) return false;
    const date = new Scalar(day);
    date.type = Scalar.QUOTE_DOUBLE;
    entry.set("confirmed", this.#document.createNode({ date, facts: [...facts] }));
    return true;
  }

  /** Removes the entry of a fragment that no longer exists. */
  remove(fileName: string): void {
    this.#fragments.delete(fileName);
  }

  toString(): string {
    return this.#document.toString({ lineWidth: LINE_WIDTH });
  }
}

function checkKinds(fragments: YAMLMap, source: SourceText): void {
  for (const { key } of fragments.items) {
    const name = String(key);
    if (KINDS.some((kind) => fragments.getIn([name, "kind"]) === kind)) continue;
    const position = locate(source, toPointer(["fragments", name, "kind"]));
    throw InputError.at(source.file, position, `${name} has no kind: ${KINDS.join(" or ")}`);
  }
}
