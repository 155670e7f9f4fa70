import pc from "picocolors";
import type { Output } from "./terminal.js";

/**
 * Colours for a stream: on a terminal, or if FORCE_COLOR asks for them, and never with NO_COLOR
 * (https://no-color.org). By itself picocolors also colours whenever CI is set.
 */
export function colorsFor(stream: Pick<Output, "isTTY">) {
  return pc.createColors(usesColor(stream));
}

export function usesColor({ isTTY }: Pick<Output, "isTTY">): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR || FORCE_COLOR === "0" || FORCE_COLOR === "false") return false;
  return FORCE_COLOR !== undefined || (isTTY === true && TERM !== "dumb");
}
