import ts from "typescript";
import { compilerOptions } from "../lib/type-check.js";
import { sentence, table } from "./markdown.js";

/** The options of `createPikzels`, read from the docstrings of `PikzelsOptions`. */
export function optionsTable(entry = "src/index.ts"): string {
  const program = ts.createProgram([entry], compilerOptions());
  const checker = program.getTypeChecker();
  const rows = optionsOf(program, checker, entry).map((option) => {
    const text = ts.displayPartsToString(option.getDocumentationComment(checker));
    const fallback = option.getJsDocTags(checker).find(({ name }) => name === "default")?.text;
    return [`\`${option.name}\``, defaultOf(text, fallback), firstSentence(text)];
  });
  return table(["Option", "Default", "What it does"], rows);
}

function optionsOf(program: ts.Program, checker: ts.TypeChecker, entry: string): ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const options = exported.find(({ name }) => name === "PikzelsOptions");
  if (!options) throw new Error(`${entry} exports no PikzelsOptions`);
  const declared =
    options.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(options) : options;
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(declared));
}

/** A docstring gives the value as `@default`, or its text says where the default comes from. */
function defaultOf(text: string, tag: ts.SymbolDisplayPart[] | undefined): string {
  const value = ts.displayPartsToString(tag).split(" (")[0]?.trim();
  if (value) return value.replaceAll(/[\d_]+/g, (number) => number.replaceAll("_", ","));
  const said = /Default: (.+?)\.(?:\s|$)/s.exec(text)?.[1] ?? "";
  return said.replaceAll(/\s*\n\s*/g, " ").replace(/^the /, "");
}

function firstSentence(text: string): string {
  const [first = ""] = text.split(/(?<=\.)\s/);
  return sentence(first.replaceAll(/\s*\n\s*/g, " "));
}
