import type { Lease } from "../index.js";
import type { Slot } from "./slot.js";

/** How many times a lease is renewed before it would end: two renewals may fail without harm. */
const renewalsPerLease = 3;

interface LeaseOptions {
  slot: Slot;
  leaseMs: number;
  /** Whether Redis counts the slot; one that was taken while Redis was away is entered later. */
  counted: boolean;
  onLost: (reason: string, heldMs: number) => void;
  onEnd: () => void;
}

/**
 * Holds a slot until it is released, renewing it so that a call may outlast the lease. Where the
 * lease is lost the call it covers goes on, for it may be paid already: the loss is told, and the
 * slot is asked for again so that the running call counts once more.
 */
export function holdLease({ slot, leaseMs, counted, onLost, onEnd }: LeaseOptions): Lease {
  const lost = new AbortController();
  const takenAt = performance.now();
  let confirmedAt = takenAt;
  let released = false;
  let renewal: Promise<void> | undefined;

  async function renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      const kept = await slot.renew();
      if (!kept) lose("Redis no longer holds it");
      counted = kept || (!released && (await slot.take()));
      if (counted) confirmedAt = askedAt;
    } catch {
      // An unanswered renewal is no loss while the lease lasts: the next one may get through.
      if (askedAt - confirmedAt >= leaseMs) lose("it could not be renewed in time");
    }
  }

  function lose(reason: string): void {
    if (!counted || released) return;
    counted = false;
    const message = `The lease on a slot of the shared limit was lost: ${reason}. The call goes on, so for a while one more than the limit may be in flight.`;
    lost.abort(new Error(message));
    onLost(message, performance.now() - takenAt);
  }

  const timer = setInterval(() => {
    renewal ??= renew().finally(() => (renewal = undefined));
  }, leaseMs / renewalsPerLease);
  // What keeps the process alive is the call that the lease is for.
  timer.unref();

  return {
    signal: lost.signal,
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      onEnd();
      await renewal;
      // Where Redis is away the slot comes free when the lease ends.
      if (counted) await slot.giveBack().catch(() => undefined);
    },
  };
}
