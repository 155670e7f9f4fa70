import { compaction } from "./compaction.js";
import type { Handler } from "./handler.js";
import { cents } from "./prices.js";

const patterns: ((topic: string) => string)[] = [
  (topic) => `${topic}: What Nobody Tells You`,
  (topic) => `I Tried ${topic} for 30 Days`,
  (topic) => `Why ${topic} Changes Everything`,
  (topic) => `${topic}, Explained in Ten Minutes`,
  (topic) => `The Truth About ${topic}`,
];

export const titlesFromText: Handler = {
  cents: () => cents.titles,
  perform({ body, requestId }) {
    const { prompt } = body;
    const topic = typeof prompt === "string" ? topicOf(prompt) : "This Picture";
    return {
      outputs: patterns.map((pattern) => pattern(topic)),
      reasoning: `Five angles on "${topic}": a secret, an experiment, a change, a lesson, a doubt.`,
      ...compaction(prompt),
      request_id: requestId,
    };
  },
};

/** The first words of a prompt, in title case. */
function topicOf(prompt: string): string {
  const words = prompt.split(/\s+/).filter(Boolean).slice(0, 5);
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return capitalised.join(" ").replace(/[.,;:!?]+$/, "") || "This";
}
