import type { Option } from "commander";

type Values = () => readonly string[] | Promise<readonly string[]>;

const valuesByOption = new WeakMap<Option, Values>();

/** Says what an option may be given, for completion alone. */
export function suggestValues(option: Option, values: Values): Option {
  valuesByOption.set(option, values);
  return option;
}

/** What an option may be given, as far as that is known: `--format <text|json>` says it by itself. */
export async function suggestedValues(option: Option): Promise<readonly string[]> {
  const [, listed] = /<([a-z]+(?:\|[a-z]+)+)>/.exec(option.flags) ?? [];
  return (await valuesByOption.get(option)?.()) ?? listed?.split("|") ?? [];
}
