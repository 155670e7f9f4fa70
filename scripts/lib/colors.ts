import { colorsFor } from "../../src/cli/terminal/colors.js";

/** Colours for standard output. */
export const colors = colorsFor(process.stdout);

/** Colours for standard error. */
export const errorColors = colorsFor(process.stderr);
