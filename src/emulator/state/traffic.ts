/** One API request as the emulator saw it. Never holds a key or a body. */
export interface RequestRecord {
  /** The `X-Request-Id` it was given. */
  requestId: string;
  /** When it came, by the emulator's time. */
  at: Date;
  /** In upper case. */
  method: string;
  /** Without the query. */
  path: string;
  /** The spec's `operationId`; undefined where no operation matched. */
  operation: string | undefined;
  /** Whether the request carried an API key. */
  hadKey: boolean;
  /** Undefined where the connection was broken before a status was sent. */
  status: number | undefined;
  /** The error code that was answered. */
  code: string | undefined;
  /** The fault that struck it. */
  fault: string | undefined;
  /** US dollars charged. */
  usd: number;
  /** From the request's headers to the end of the answer. */
  ms: number;
}

/** What came in since the start, and how much of it at once. */
export interface Stats {
  /** API requests that have arrived. */
  requests: number;
  /** How many of each HTTP method. */
  byMethod: Record<string, number>;
  /** How many of each `operationId`; those that matched none are not in it. */
  byOperation: Record<string, number>;
  /** API requests being answered now. */
  inFlight: number;
  /** The most that were ever answered at the same time, refused ones included. */
  maxInFlight: number;
  /** Connections that are open now. */
  openSockets: number;
}

/** So many of the latest requests are remembered; a long run may not eat the memory. */
const maxRecords = 20_000;

/** What came in, and how much of it at once. */
export class Traffic {
  readonly records: RequestRecord[] = [];
  readonly stats: Stats = {
    requests: 0,
    byMethod: {},
    byOperation: {},
    inFlight: 0,
    maxInFlight: 0,
    openSockets: 0,
  };

  /** Counts a request in; the function that is returned counts it out, once. */
  enter(method: string, operation: string | undefined): () => void {
    const { stats } = this;
    stats.requests++;
    stats.byMethod[method] = (stats.byMethod[method] ?? 0) + 1;
    if (operation !== undefined)
      stats.byOperation[operation] = (stats.byOperation[operation] ?? 0) + 1;
    stats.inFlight++;
    stats.maxInFlight = Math.max(stats.maxInFlight, stats.inFlight);
    let inside = true;
    return () => {
      if (inside) stats.inFlight--;
      inside = false;
    };
  }

  record(record: RequestRecord): void {
    this.records.push(record);
    if (this.records.length > maxRecords) this.records.shift();
  }
}
