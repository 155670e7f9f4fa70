import type { Lease } from "../index.js";
import type { Slot } from "./slots.js";

/** How many times a lease is renewed before it would end, so that two renewals may fail. */
const RENEWALS_PER_LEASE = 3;

interface LeaseOptions {
  slot: Slot;
  leaseMs: number;
  /** Whether Redis counts the slot; one that was taken while Redis was away is entered later. */
  counted: boolean;
  onLost: (message: string, heldMs: number) => void;
  onEnd: () => void;
}

/**
 * Holds a slot until it is released, and renews it so that a call may outlast the lease. If the lease is
 * lost, the call goes on, because it may be paid already: `onLost` is called, and the slot is asked for
 * again so that the running call counts once more.
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
      const held = await slot.renew();
      if (!held) lose("Redis no longer holds it");
      counted = held || (!released && (await slot.take()));
      if (counted) confirmedAt = askedAt;
    } catch {
      // An unanswered renewal is no loss while the lease lasts: the next one may get through.
      if (askedAt - confirmedAt >= leaseMs) lose("it could not be renewed in time");
    }
  }

  function lose(reason: string): void {
    if (!counted || released) return;
    counted = false;
    const message = `The lease on a slot of the shared limit was lost: ${reason}. The call goes on, so one more than the limit may be in flight for a while.`;
    lost.abort(new Error(message));
    onLost(message, performance.now() - takenAt);
  }

  const timer = setInterval(() => {
    renewal ??= renew().finally(() => (renewal = undefined));
  }, leaseMs / RENEWALS_PER_LEASE);
  // The call keeps the process alive; the renewal of its lease must not.
  timer.unref();

  return {
    signal: lost.signal,
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      onEnd();
      await renewal;
      // If Redis is away, the slot becomes free when the lease ends.
      if (counted) await slot.giveBack().catch(() => undefined);
    },
  };
}
