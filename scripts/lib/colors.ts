import { colorsFor } from "../../src/cli/terminal/colors.js";

/** Colours for what goes to standard output. */
export const colors = colorsFor(process.stdout);

/** Colours for what goes to standard error. */
export const errorColors = colorsFor(process.stderr);
