import { createContext, Script } from "node:vm";
import { isObject, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";

/** Thrown when a task has used up its time. */
export class TimeLimitError extends Error {}

const context = createContext({ task: undefined as unknown });
const script = new Script("task()");

/**
 * Runs a synchronous task for at most so many milliseconds. A `vm` script's timeout also ends regular
 * expressions that backtrack, which nothing else in Node does:
 * https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options
 *
 * @throws {TimeLimitError} If the time is used up.
 */
export function withinTime<Result>(ms: number, task: () => Result): Result {
  context["task"] = task;
  try {
    return script.runInContext(context, { timeout: ms }) as Result;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new TimeLimitError();
    throw error;
  } finally {
    context["task"] = undefined;
  }
}

/** A schema with more parts than this, references followed, may take exponential time. */
const MAX_PARTS = 2000;

/**
 * Whether validation against a schema is certain to take time linear in the value: the schema is
 * small with all references resolved, and none of its patterns can backtrack. Such a schema needs
 * no time limit, which costs a third of a millisecond each time.
 */
export function isSurelyFast(document: JsonObject, schema: unknown): boolean {
  let parts = 0;
  return visit(schema, new Set());

  function visit(value: unknown, ancestors: Set<unknown>): boolean {
    if (Array.isArray(value)) return value.every((item) => visit(item, ancestors));
    if (!isObject(value)) return true;
    const target = dereference(document, value);
    if (++parts > MAX_PARTS || ancestors.has(target)) return false;
    const inside = new Set([...ancestors, target]);
    return Object.entries(target).every(([keyword, inner]) =>
      keyword === "pattern" && typeof inner === "string"
        ? isLinear(inner)
        : keyword !== "patternProperties" && visit(inner, inside),
    );
  }
}

/** Whether a pattern is anchored and repeats at most once, apart from lookaheads at its start. */
function isLinear(pattern: string): boolean {
  const shape = pattern.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\./g, "c");
  const [, rest] = /^\^(?:\(\?[!=]\.\*[^()*+{]*\))*(.*)$/s.exec(shape) ?? [];
  if (rest === undefined || /\)[*+{]|\(\?/.test(rest)) return false;
  return (rest.match(/[*+]|,\}/g) ?? []).length <= 1;
}
