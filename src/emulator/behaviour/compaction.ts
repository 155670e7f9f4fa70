/** Prompts from about this length on may be shortened by the service. */
const longestKeptPrompt = 750;

/** `prompt_compacted` for a long prompt. Its real type is not published; here it is `true`. */
export function compaction(prompt: unknown): { prompt_compacted?: true } {
  const isLong = typeof prompt === "string" && prompt.length > longestKeptPrompt;
  return isLong ? { prompt_compacted: true } : {};
}
