import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { format } from "prettier";
import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { writeFileAtomically } from "../../../../scripts/lib/write-file.js";
import { rowsOf, type TestedWith } from "../../../../scripts/docs/tested-with.js";

const file = "docs/tested-with.json";

/**
 * Checks the published list of what the package was tested with against what was really tested.
 * With `-u` it rewrites the list.
 */
export class TestedWithReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: unknown,
    reason: TestRunEndReason,
  ): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const all = await this.#vitest?.globTestSpecifications();
    const isWhole =
      all?.length === modules.length && tests.every((test) => test.result().state === "passed");
    if (reason !== "passed" || !isWhole) return;

    const rows = rowsOf(tests.flatMap((test) => test.meta().tested ?? []));
    if (this.#vitest?.config.snapshotOptions.updateSnapshot === "all") {
      const text = await format(JSON.stringify(rows, null, 2), { parser: "json", printWidth: 100 });
      await writeFileAtomically(file, text);
    } else if (!isDeepStrictEqual(rows.map(pinned), (await publishedRows()).map(pinned))) {
      this.#vitest?.logger.error(
        `${file} is not what was tested: run npm run test:consumers -- -u && npm run docs:pages`,
      );
      process.exitCode = 1;
    }
  }
}

async function publishedRows(): Promise<TestedWith[]> {
  return JSON.parse(await readFile(file, "utf8").catch(() => "[]")) as TestedWith[];
}

/** The browser is whichever one the machine has; all others are installed in the listed version. */
function pinned(row: TestedWith): TestedWith {
  return row.environment === "Chromium" ? { ...row, version: "" } : row;
}
