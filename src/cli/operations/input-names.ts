import type { Input } from "./inputs.js";
import { kebabCase } from "./kebab-case.js";
import type { Label } from "./request.js";

/** Ids, then the prompt: what is typed without a flag. */
export function isPositional({ target, name, list }: Input): boolean {
  return target === "path" || (target === "body" && name === "prompt" && !list);
}

/** The flags that every operation may have; a field with such a name gets another one. */
const GENERAL_FLAGS = ["body", "save", "wait", "json", "timeout", "base-url", "help"];

/** What an input is called as a flag, without the dashes. */
export function flagOf({ name }: Input): string {
  const flag = kebabCase(name);
  return GENERAL_FLAGS.includes(flag) ? `field-${flag}` : flag;
}

/** Under this key the parser keeps what was given for an input. */
export function keyOf({ name }: Input): string {
  return `input ${name}`;
}

/** What messages call an input: as it is typed. */
export const labelOf: Label = (input) =>
  isPositional(input)
    ? `<${input.name}>`
    : `--${input.target === "content" ? "body" : flagOf(input)}`;
