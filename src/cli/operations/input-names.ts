import type { Input } from "./inputs.js";
import { kebabCase } from "./kebab-case.js";
import type { Label } from "./request.js";

/** Ids, then the prompt: what is typed without a flag. */
export function isPositional({ target, name, list }: Input): boolean {
  return target === "path" || (target === "body" && name === "prompt" && !list);
}

/** The flags that every operation may have; a field with such a name gets another one. */
const GENERAL_FLAGS = ["body", "save", "wait", "json", "timeout", "base-url", "help"];

/** The name of an input's flag, without the dashes. */
export function flagOf({ name }: Input): string {
  const flag = kebabCase(name);
  return GENERAL_FLAGS.includes(flag) ? `field-${flag}` : flag;
}

/** The key under which the parser stores an input's value. */
export function keyOf({ name }: Input): string {
  return `input ${name}`;
}

/** The name of an input in messages: as it is typed. */
export const labelOf: Label = (input) =>
  isPositional(input)
    ? `<${input.name}>`
    : `--${input.target === "content" ? "body" : flagOf(input)}`;
