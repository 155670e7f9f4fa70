import type { ClientChanges } from "./client-changes.js";
import { migrateCode } from "./migrate-code.js";

/** An example in a docstring, with the tag above it if there is one. */
const EXAMPLE = /(?:^ *\* *\n)?(?:^ *\* @example *\n)?^( *)\* ```ts\n([^]*?)^ *\* ```\n/gm;

/**
 * Makes the examples in a module's docstrings call the new client; those that cannot are deleted.
 */
export function migrateDocstrings(module: string, changes: ClientChanges): string {
  return module.replaceAll(EXAMPLE, (example, indent: string, lines: string) => {
    const code = lines.replaceAll(/^ *\* ?/gm, "");
    const migrated = migrateCode(code, changes);
    if (migrated === code) return example;
    if (migrated === undefined) return "";
    const starred = migrated.trimEnd().replaceAll(/^/gm, `${indent}* `);
    return example.replace(lines, () => `${starred.replaceAll(/ +$/gm, "")}\n`);
  });
}
