import { errorAnswer, type Answer } from "../answer.js";
import type { Incoming } from "../request/incoming.js";
import type { Clock } from "../state/clock.js";
import type { Visit } from "../visit.js";
import { breakers } from "./break-delivery.js";
import { errorFieldsOf, type Provocation } from "./provocation.js";
import { spoilers } from "./spoil-answer.js";

export interface Struck {
  /** What was, or would have been, answered. */
  answer: Answer;
  incoming: Incoming;
  visit: Visit;
  clock: Clock;
}

/** Lets a fault strike: it decides what the client gets to see, if anything. */
export async function strike(provocation: Provocation, struck: Struck): Promise<void> {
  const { answer, incoming, visit, clock } = struck;
  const { requestId, response } = incoming;
  if ("code" in provocation) {
    visit.send(errorAnswer(errorFieldsOf(provocation), requestId));
    return;
  }
  const spoil = spoilers[provocation.fault];
  if (spoil) {
    visit.send(spoil({ provocation, answer, requestId, elsewhere: elsewhere(incoming) }));
    return;
  }
  await breakers[provocation.fault]?.({ provocation, answer, response, visit, clock });
}

/** The same server under its other loopback name is another origin to every client. */
function elsewhere({ origin }: Incoming): string {
  const url = new URL("/_emulator/elsewhere", origin);
  url.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return url.href;
}
