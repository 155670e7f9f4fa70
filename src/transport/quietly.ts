/** Does something of the caller's that may fail without the call failing with it. */
export async function quietly(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // A broken log hook or a lost lease must not break a call that may have been paid for.
  }
}
