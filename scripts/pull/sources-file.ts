import { access } from "node:fs/promises";
import { isMap, parseDocument, Scalar, type Document, type YAMLMap } from "yaml";
import { InputError } from "../lib/input-error.js";
import { locate } from "../lib/locate.js";
import { parseDocument as checkSyntax } from "../lib/parse-document.js";
import { readSourceText } from "../lib/source-text.js";

const NEW_FILE = `# Where each fragment came from. \`npm run pull\` writes the entries of the pages it reads.
fragments: {}
`;

/** The width that prettier keeps too, so that neither rewraps what the other wrote. */
const LINE_WIDTH = 100;

/**
 * `spec/sources.yaml`: where each fragment came from. Edited in place, so that comments, order and
 * the entries that others keep stay as they are.
 */
export class SourcesFile {
  readonly #document: Document;
  readonly #fragments: YAMLMap;

  private constructor(document: Document, fragments: YAMLMap) {
    this.#document = document;
    this.#fragments = fragments;
  }

  /**
   * Reads the file; one that does not exist yet is empty.
   *
   * @throws {InputError} when it is not YAML or has no `fragments`.
   */
  static async read(file: string): Promise<SourcesFile> {
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    const source = exists ? await readSourceText(file) : { file, text: NEW_FILE, lineOffset: 0 };
    checkSyntax(source);
    const document = parseDocument(source.text);
    const fragments = document.get("fragments");
    if (isMap(fragments)) return new SourcesFile(document, fragments);
    const position = locate(source, "/fragments");
    throw InputError.at(file, position, "fragments is not a mapping from file names to sources");
  }

  /** The files that are recorded as published blocks. */
  verbatim(): string[] {
    return this.#fragments.items
      .map(({ key }) => String(key))
      .filter((fileName) => this.#fragments.getIn([fileName, "kind"]) === "verbatim");
  }

  /**
   * Tells whether a fragment is recorded as the published block of a page. Where the page is only
   * known as a file of a folder, the address that is recorded already says more and stands.
   */
  isVerbatimFrom(fileName: string, page: string): boolean {
    const at = (key: string) => this.#fragments.getIn([fileName, key]);
    return at("kind") === "verbatim" && (at("page") === page || !URL.canParse(page));
  }

  /** Records a fragment as pulled from a page on a day (`2026-11-22`). */
  recordVerbatim(fileName: string, page: string, day: string): void {
    const date = new Scalar(day);
    date.type = Scalar.QUOTE_DOUBLE; // YAML 1.1 readers would make a plain one a timestamp.
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

  /** Takes out the entry of a fragment that is no longer there. */
  remove(fileName: string): void {
    this.#fragments.delete(fileName);
  }

  toString(): string {
    return this.#document.toString({ lineWidth: LINE_WIDTH });
  }
}
