import { pick, seededRandom } from "../seeded-random.js";
import type { Operation } from "../spec/operation.js";
import { momentOf, type FaultMoment, type Provocation } from "./provocation.js";

/** A fault that is meant for one request. */
export interface DueFault {
  provocation: Provocation;
  when: FaultMoment;
  /** It did not strike after all, as the request was refused first; the next one gets it. */
  giveBack(): void;
}

interface Waiting {
  provocation: Provocation;
  skip: number;
  times: number;
}

/** The faults that wait for a request to strike, and those that strike at random. */
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

  /** The fault that is meant for this request: the oldest that fits, else perhaps a random one. */
  take(operation: Operation): DueFault | undefined {
    for (const waiting of this.#waiting) {
      if (waiting.times <= 0 || !fits(waiting.provocation, operation)) continue;
      if (waiting.skip > 0) {
        waiting.skip--;
        continue;
      }
      waiting.times--;
      return due(waiting.provocation, () => waiting.times++);
    }
    const random = this.#rollDice();
    return random && due(random, () => undefined);
  }
}

function due(provocation: Provocation, giveBack: () => void): DueFault {
  return { provocation, when: momentOf(provocation), giveBack };
}

function fits(provocation: Provocation, operation: Operation): boolean {
  const wanted = provocation.operation ?? operation.id;
  const method = provocation.method ?? operation.method;
  return (
    (wanted === operation.id || wanted === operation.path) &&
    method.toUpperCase() === operation.method
  );
}
