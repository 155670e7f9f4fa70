import { seededRandom } from "../state/seeded-random.js";
import type { Handler } from "./handler.js";
import { cents } from "./prices.js";

const advice = {
  clarity: "Make the subject larger and the background calmer.",
  curiosity: "Leave one question open that only the video answers.",
  emotion: "Show a face with a strong expression.",
  idea: "Build the picture around a single surprising idea.",
  virality: "Raise the contrast so that it stands out at a small size.",
};
type Aspect = keyof typeof advice;
const aspects = Object.keys(advice) as Aspect[];

/** From this score on there is nothing to suggest. */
const goodScore = 60;

/** Scores by a hash of the image and the title: the same thumbnail always gets the same score. */
export const scoreThumbnail: Handler = {
  cents: () => cents.score,
  perform({ body, requestId }) {
    const { image_url, image_base64, title } = body;
    const random = seededRandom(JSON.stringify([image_url, image_base64, title]));
    const subscores = Object.fromEntries(
      aspects.map((aspect) => [aspect, Math.round(35 + random() * 65)]),
    ) as Record<Aspect, number>;
    const sum = Object.values(subscores).reduce((total, score) => total + score, 0);
    const weakest = aspects.reduce((a, b) => (subscores[b] < subscores[a] ? b : a));
    return {
      main_score: Math.round(sum / aspects.length),
      subscores,
      suggestion: subscores[weakest] < goodScore ? advice[weakest] : null,
      request_id: requestId,
    };
  },
};
