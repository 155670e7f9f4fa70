// What is run on every runtime alike, by name.
import { neverLeft } from "./never-left.mjs";
import { postOnce } from "./post-once.mjs";

export const programs = { "never-left": neverLeft, "post-once": postOnce };
