const patterns: ((topic: string) => string)[] = [
  (topic) => `${topic}: What Nobody Tells You`,
  (topic) => `I Tried ${topic} for 30 Days`,
  (topic) => `Why ${topic} Changes Everything`,
  (topic) => `${topic}, Explained in Ten Minutes`,
  (topic) => `The Truth About ${topic}`,
];

/** Makes up titles about a text, for answers that list texts. */
export function headlinesAbout(text: string): string[] {
  const topic = topicOf(text);
  return patterns.map((pattern) => pattern(topic));
}

/** The first words of a text, in title case. */
function topicOf(text: string): string {
  const words = text.split(/\s+/).filter(Boolean).slice(0, 5);
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return capitalised.join(" ").replace(/[.,;:!?]+$/, "") || "This";
}
