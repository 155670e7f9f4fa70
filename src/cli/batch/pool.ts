/** Runs tasks concurrently, up to a limit. */
export class Pool {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#running.size;
  }

  /** Waits until there is room for a task, then starts it. The task must not reject. */
  async start(task: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#limit) await Promise.race(this.#running);
    const running = task().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when every task has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }
}
