import type { Lease } from "../index.js";
import type { Slot } from "./slots.js";

/** How many times a lease is renewed before it would expire, so that two renewals may fail. */
const RENEWALS_PER_LEASE = 3;

interface LeaseOptions {
  slot: Slot;
  leaseMs: number;
  /** Whether Redis counts the slot. One that was taken while Redis was away is entered later. */
  counted: boolean;
  onLost: (message: string, heldMs: number) => void;
  onEnd: () => void;
}

/** A lease, and how to enter one that Redis does not count yet once Redis is back. */
export interface HeldLease extends Lease {
  enter: () => Promise<void>;
}

/**
 * Holds a slot until it is released, and renews it so that a call may outlast the lease. If the lease is
 * lost, the call goes on, because it may be paid already: `onLost` is called, and the slot is asked for
 * again so that the running call counts once more.
 */
export function holdLease({ slot, leaseMs, counted, onLost, onEnd }: LeaseOptions): HeldLease {
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
      // A renewal without an answer is harmless while the lease lasts: the next one may get
      // through.
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

  function renewOnce(): Promise<void> {
    renewal ??= renew().finally(() => (renewal = undefined));
    return renewal;
  }

  async function giveBack(): Promise<void> {
    const wasHeld = await slot.giveBack();
    if (wasHeld) return;
    const message =
      "Redis no longer held a slot of the shared limit when its call ended, so more than the limit may have been in flight. If Redis evicts keys, set maxmemory-policy to noeviction.";
    onLost(message, performance.now() - takenAt);
  }

  const timer = setInterval(() => void renewOnce(), leaseMs / RENEWALS_PER_LEASE);
  // The call keeps the process alive; the renewal of its lease must not.
  timer.unref();

  return {
    signal: lost.signal,
    async enter() {
      if (!counted && !released) await renewOnce();
    },
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      onEnd();
      await renewal;
      // If Redis is away, the slot becomes free when the lease ends.
      if (counted) await giveBack().catch(() => undefined);
    },
  };
}
