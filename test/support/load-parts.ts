import { parts } from "../../src/wrappers/parts.js";

/**
 * Loads what the package loads on first use. No controlled clock waits for that: tests that have one
 * load everything before.
 */
export async function loadParts(): Promise<void> {
  await Promise.all(Object.values(parts).map((part) => part.load()));
}
