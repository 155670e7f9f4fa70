import { preparePrompt } from "pikzels-client";
import { api } from "../../generated/api.js";
import type { ApiOperation } from "./operations.js";
import type { Values } from "./request.js";

/**
 * Removes what the service would refuse from prompts.
 *
 * @returns The values, and a sentence for each thing that was done, or that the service may do.
 */
export function preparePrompts(
  { inputs }: ApiOperation,
  values: Values,
): { values: Values; notes: string[] } {
  const notes: string[] = [];
  const prepared: Record<string, unknown> = { ...values };
  for (const { name, schema } of inputs) {
    const text = values[name];
    if (typeof text !== "string" || schema["pattern"] !== api.promptPattern) continue;
    const { prompt, removed, mayBeShortened } = preparePrompt(text);
    prepared[name] = prompt;
    if (removed.length > 0)
      notes.push(`Taken out of ${name}, since the API refuses it: ${listed(removed)}.`);
    if (mayBeShortened)
      notes.push(
        `The service may shorten ${name}: it has ${Array.from(prompt).length} characters.`,
      );
  }
  return { values: prepared, notes };
}

function listed(removed: readonly string[]): string {
  const names = removed.map((each) => (each.trim() === "" ? "a line break" : JSON.stringify(each)));
  return [...new Set(names)].join(", ");
}
