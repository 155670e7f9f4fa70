import { api } from "../generated/api.js";
import { refuseOption } from "./validate.js";

/** A prompt that the service accepts, and what was removed from it. */
export interface PreparedPrompt {
  /** The text without what the service refuses. */
  prompt: string;
  /** What was removed, in order; line breaks are listed as they were. */
  removed: string[];
  /**
   * Whether the service may shorten the prompt before it generates; it says so in
   * `prompt_compacted`.
   */
  mayBeShortened: boolean;
}

/**
 * The service may shorten prompts longer than this, in characters, according to an older page of
 * its docs.
 */
const SHORTENED_OVER = 750;

/** What a pattern may refuse, each with a text that tests for it. */
const REFUSED = [
  { sample: "a https://example.com b", find: /\b[a-z][a-z\d+.-]*:\/\/\S+/gi },
  { sample: "a\nb", find: /\s*[\n\r\u2028\u2029]\s*/g },
  { sample: "a http b", find: /https?/gi },
];

/**
 * Removes what the service refuses in a prompt: links, and line breaks, which become spaces. Keeps
 * everything that the spec's pattern allows. Sends nothing.
 *
 * @throws {PikzelsInputError} if it is not given a text.
 * @example
 * ```ts
 * import { preparePrompt } from "pikzels-client";
 *
 * const { prompt, removed } = preparePrompt("A climber\non a summit, see https://example.com/a.png");
 * if (removed.length > 0) console.warn("Taken out:", removed);
 * ```
 */
export function preparePrompt(text: string): PreparedPrompt {
  if (typeof text !== "string") refuseOption("The prompt", "text", text);
  const pattern = new RegExp(api.promptPattern ?? "");
  const removed: { at: number; what: string }[] = [];
  let prompt = text;
  for (const { sample, find } of REFUSED) {
    if (pattern.test(sample)) continue;
    for (const { 0: what } of prompt.matchAll(find)) removed.push({ at: text.indexOf(what), what });
    // Replaced by a space, since the text on both sides could otherwise join into something
    // refused.
    prompt = prompt.replaceAll(find, " ");
  }
  const isChanged = prompt !== text;
  return {
    prompt: isChanged ? prompt.replaceAll(/ {2,}/g, " ").trim() : text,
    removed: removed.sort((a, b) => a.at - b.at).map(({ what }) => what),
    mayBeShortened: prompt.length > SHORTENED_OVER,
  };
}
