import { join, resolve } from "node:path";
import { colors, errorColors } from "../lib/colors.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { generatedFiles } from "./generated-files.js";
import { staleFiles } from "./stale-files.js";

export interface GenerateOptions {
  /** OpenAPI document, YAML or JSON. */
  spec: string;
  /** Folder for the generated files. */
  out: string;
  /** Error catalogue; by default the one next to the document, or else the project's own. */
  errors?: string | undefined;
  /** Whether to only compare, and write nothing. */
  check: boolean;
}

/**
 * The generate command: generates the files, then writes all of them or says which are stale.
 *
 * @returns the exit code.
 * @throws {InputError} with nothing written.
 */
export async function runGenerate({ spec, out, errors, check }: GenerateOptions): Promise<number> {
  const { files, operations, errorCodes, warnings } = await generatedFiles(spec, { errors });
  for (const warning of warnings)
    process.stderr.write(`${errorColors.yellow(`warning: ${warning}`)}\n`);
  if (check) return reportStale(spec, out, files);

  for (const [name, content] of files) await writeFileAtomically(join(out, name), content);
  process.stdout.write(
    `${colors.green("generated")} ${[...files.keys()].join(", ")} in ${out}: ` +
      `${operations} operations, ${errorCodes} error codes\n`,
  );
  return 0;
}

async function reportStale(
  spec: string,
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<number> {
  const stale = await staleFiles(folder, files);
  if (stale.length === 0) {
    process.stdout.write(`${folder} is up to date\n`);
    return 0;
  }
  const isOwn = resolve(folder) === resolve("src/generated");
  const command = isOwn ? "npm run generate" : `npm run generate -- --spec ${spec} --out ${folder}`;
  process.stderr.write(`${stale.join("\n")}\nRun ${command}, and commit what it writes.\n`);
  return 1;
}
