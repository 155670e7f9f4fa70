type Acts = Set<() => void>;

const actsOn = new WeakMap<AbortSignal, Acts>();

/**
 * Has something done when a signal aborts, and gives the way to call that off.
 *
 * However many calls share a signal, it gets one listener of ours: Node warns of a leak from the
 * eleventh on, and has to look through thousands to remove one.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const acts = actsOn.get(signal) ?? new Set();
  actsOn.set(signal, acts);
  if (acts.size === 0) signal.addEventListener("abort", actAll);
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size === 0) signal.removeEventListener("abort", actAll);
  };
}

function actAll(this: AbortSignal): void {
  this.removeEventListener("abort", actAll);
  const acts = actsOn.get(this) ?? [];
  actsOn.delete(this);
  for (const act of acts) act();
}
