import type { Operation } from "../document/operations.js";
import { pick, seededRandom } from "../state/seeded-random.js";
import { momentOf, type FaultMoment, type Provocation } from "./provocation.js";

/** The faults that occur at random by default: a mix observed with real services. */
export const defaultRandomFaults: Provocation[] = [
  { code: "TOO_MANY_REQUESTS", retryAfter: 1 },
  { code: "SERVICE_UNDER_MAINTENANCE" },
  { code: "INTERNAL_ERROR" },
  { code: "GENERATION_FAILED", when: "during" },
  { fault: "reset", when: "before" },
  { fault: "reset", when: "during" },
  { fault: "reset", when: "after" },
  { fault: "html" },
  { fault: "empty-body" },
  { fault: "cut-body" },
  { fault: "truncated-json" },
];

/** A fault that is meant for one request. */
export interface ScheduledFault {
  provocation: Provocation;
  when: FaultMoment;
  /** Returns the fault to the queue, because the request was refused before the fault was due. */
  giveBack(): void;
}

interface Waiting {
  provocation: Provocation;
  skip: number;
  times: number;
}

/** The faults that wait for a matching request, and those that come at random. */
export class FaultQueue {
  #waiting: Waiting[] = [];
  readonly #rollDice: () => Provocation | undefined;

  constructor(rate: number, provocations: readonly Provocation[], seed: number) {
    const random = seededRandom(seed);
    const [first, ...others] = provocations;
    this.#rollDice = () => {
      if (!first || rate <= 0 || random() >= rate) return undefined;
      return pick(random, [first, ...others]);
    };
  }

  add(provocation: Provocation): void {
    const { skip = 0, times = 1 } = provocation;
    this.#waiting.push({ provocation, skip, times });
  }

  clear(): void {
    this.#waiting = [];
  }

  get size(): number {
    return this.#waiting.filter(({ times }) => times > 0).length;
  }

  /** The fault for this request: the oldest that matches, otherwise a random one if its turn has come. */
  take(operation: Operation): ScheduledFault | undefined {
    for (const waiting of this.#waiting) {
      if (waiting.times <= 0 || !matches(waiting.provocation, operation)) continue;
      if (waiting.skip > 0) {
        waiting.skip--;
        continue;
      }
      waiting.times--;
      return schedule(waiting.provocation, () => waiting.times++);
    }
    const random = this.#rollDice();
    return random && schedule(random, () => undefined);
  }
}

function schedule(provocation: Provocation, giveBack: () => void): ScheduledFault {
  return { provocation, when: momentOf(provocation), giveBack };
}

function matches(provocation: Provocation, operation: Operation): boolean {
  const wanted = provocation.operation ?? operation.id;
  const method = provocation.method ?? operation.method;
  return (
    (wanted === operation.id || wanted === operation.path) &&
    method.toUpperCase() === operation.method
  );
}
