import { api } from "../generated/api.js";

/** A prompt that the service takes, and what had to go for it. */
export interface PreparedPrompt {
  /** The text without what the service refuses. */
  prompt: string;
  /** What was taken out, in its order; a line break as it was. */
  removed: string[];
  /** Whether the service may shorten it before it generates, and say so in `prompt_compacted`. */
  mayBeShortened: boolean;
}

/** Characters over which the service may shorten a prompt, as an older page of its docs says. */
const SHORTENED_OVER = 750;

/** What a pattern may refuse, with a text that shows whether it does. */
const REFUSED = [
  { sample: "a https://example.com b", find: /\b[a-z][a-z\d+.-]*:\/\/\S+/gi },
  { sample: "a\nb", find: /\s*[\n\r\u2028\u2029]\s*/g },
  { sample: "a http b", find: /https?/gi },
];

/**
 * Takes out of a text what the service refuses in a prompt: links, and line breaks, which become
 * spaces. What the spec's pattern allows stays. Sends nothing.
 *
 * @example
 * ```ts
 * import { preparePrompt } from "pikzels-client";
 *
 * const { prompt, removed } = preparePrompt("A climber\non a summit, see https://example.com/a.png");
 * if (removed.length > 0) console.warn("Taken out:", removed);
 * ```
 */
export function preparePrompt(text: string): PreparedPrompt {
  const pattern = new RegExp(api.promptPattern ?? "");
  const removed: { at: number; what: string }[] = [];
  let prompt = text;
  for (const { sample, find } of REFUSED) {
    if (pattern.test(sample)) continue;
    for (const { 0: what } of prompt.matchAll(find)) removed.push({ at: text.indexOf(what), what });
    // By a space, since what stood around it could otherwise become what is refused.
    prompt = prompt.replaceAll(find, " ");
  }
  const isChanged = prompt !== text;
  return {
    prompt: isChanged ? prompt.replaceAll(/ {2,}/g, " ").trim() : text,
    removed: removed.sort((a, b) => a.at - b.at).map(({ what }) => what),
    mayBeShortened: prompt.length > SHORTENED_OVER,
  };
}
