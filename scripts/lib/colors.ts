import pc from "picocolors";

/**
 * Colours for what goes to a stream: only if it is a terminal, and never with NO_COLOR
 * (https://no-color.org). picocolors by itself also colours wherever CI is set.
 */
function colorsFor(stream: { isTTY?: boolean }) {
  return pc.createColors(stream.isTTY === true && !process.env["NO_COLOR"]);
}

export const colors = colorsFor(process.stdout);
export const errorColors = colorsFor(process.stderr);
