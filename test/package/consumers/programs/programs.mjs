// The programs that run on every runtime, by name.
import { neverLeft } from "./never-left.mjs";
import { postOnce } from "./post-once.mjs";

export const programs = { "never-left": neverLeft, "post-once": postOnce };
