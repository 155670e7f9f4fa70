import { kebabCase } from "../../src/cli/operations/kebab-case.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { withNewNames, type ClientChanges } from "./client-changes.js";
import type { RequestChange } from "./request-change.js";

/**
 * Makes the commands of a shell script call the new client. A command that depends on something
 * removed is deleted, with the comment at its end.
 *
 * @returns `undefined` if no command is left.
 */
export function migrateScript(script: string, changes: ClientChanges): string | undefined {
  const commands = script.split(/(?<!\\)\n/);
  const kept = commands
    .filter((command) => !changes.mention.test(command))
    .map((command) => withNewNames(withNewFlags(command, changes), changes));
  const isLeft = kept.some((command) => /^[^#\s]/.test(command));
  return isLeft || kept.length === commands.length ? kept.join("\n") : undefined;
}

/** `pikzels-client group method … --field value`. */
function withNewFlags(command: string, { requests }: ClientChanges): string {
  for (const [name, change] of requests) {
    const words = name.split(".").map(kebabCase).join(" ");
    if (command.includes(`pikzels-client ${words} `)) return migrateFlags(command, change);
  }
  return command;
}

function migrateFlags(command: string, change: RequestChange): string {
  const { removed, values } = change;
  let text = command;
  for (const field of removed) text = text.replaceAll(flagWithValue(field), "");
  for (const [field, changed] of Object.entries(values)) {
    text = text.replaceAll(flagWithValue(field), (whole, flag: string, value: string) => {
      const instead = changed[value.replaceAll('"', "")];
      return instead === undefined ? whole : flag + argument(instead);
    });
  }
  const flags = Object.entries(nowRequired(change)).map(
    ([field, value]) => ` --${kebabCase(field)} ${argument(value)}`,
  );
  // Inserted before any pipe, redirection or comment.
  return text.replace(/(?=\s+[<>|#].*$|$)/s, () => flags.join(""));
}

/** The fields and parameters that are now required, each with a value. */
function nowRequired(change: RequestChange | undefined): JsonObject {
  return { ...change?.added, ...change?.options.query, ...change?.options.headers };
}

/** ` --field value`, also at the start of a continued line. */
function flagWithValue(field: string): RegExp {
  return new RegExp(`(\\s+(?:\\\\\\n\\s*)?--${kebabCase(field)}\\s+)("[^"]*"|[^\\s"]+)`, "g");
}

function argument(value: unknown): string {
  const text = plainText(value);
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function plainText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Makes the rows of a batch file fit the new client. They name their operation in the column
 * `operation`; a row whose operation was removed is deleted.
 *
 * @returns `undefined` if no row is left.
 */
export function migrateCsv(csv: string, changes: ClientChanges): string | undefined {
  const [head = [], ...rows] = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const column = head.indexOf("operation");
  const changeOf = (row: readonly string[]) => changes.requests.get(row[column] ?? "");
  const added = new Set(rows.flatMap((row) => Object.keys(nowRequired(changeOf(row)))));
  const kept = rows
    .filter((row) => !changes.mention.test(row.join()))
    .map((row) => {
      const change = changeOf(row);
      const cells = head.map((field, index) => cellOf(row[index] ?? "", field, change));
      const more = [...added].map((field) => nowRequired(change)[field] ?? "");
      return [...cells, ...more.map(plainText)];
    });
  const lines = [[...head, ...added], ...kept].map((cells) => cells.join());
  return kept.length > 0 ? `${withNewNames(lines.join("\n"), changes)}\n` : undefined;
}

function cellOf(cell: string, field: string, change: RequestChange | undefined): string {
  if (!change) return cell;
  return change.removed.includes(field) ? "" : (change.values[field]?.[cell] ?? cell);
}
