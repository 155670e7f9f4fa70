import type { TestContext } from "vitest";
import type { Tested } from "../../../../scripts/docs/tested-with.js";

declare module "vitest" {
  interface TaskMeta {
    tested?: Tested;
  }
}

/** Records what a test covers. It appears in the README's table if the test passes. */
export function covers({ task }: Pick<TestContext, "task">, tested: Tested): void {
  task.meta.tested = tested;
}
