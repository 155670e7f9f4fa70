import type { CommandOption } from "../../scripts/lib/command.js";
import { InputError } from "../../scripts/lib/input-error.js";

/** The options that a run and its workers share; all processes of a batch get the same ones. */
export const sharedOptions = {
  batch: {
    type: "string",
    value: "NAME",
    default: "batch",
    help: "keeps batches in one Redis apart",
  },
  out: {
    type: "string",
    value: "DIR",
    default: "batch-output",
    help: "folder for the pictures",
  },
  limit: {
    type: "string",
    value: "N",
    default: "10",
    help: "paid calls in flight, over all workers",
  },
  "lease-ms": {
    type: "string",
    value: "MS",
    default: "30000",
    help: "how soon the work of a dead worker goes to others",
  },
} as const satisfies Record<string, CommandOption>;

/** @throws {InputError} if an option that counts is not a whole number of at least `least`. */
export function countOf(name: string, text: string, least: number): number {
  const count = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(count) || count < least)
    throw new InputError(`--${name} must be a whole number of ${least} or more, not "${text}".`);
  return count;
}
