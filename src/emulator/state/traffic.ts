/** One API request as the emulator saw it. Never holds a key or a body. */
export interface RequestRecord {
  /** The `X-Request-Id` it was given. */
  requestId: string;
  /** When it arrived, by the emulator's time. */
  at: Date;
  /** In upper case. */
  method: string;
  /** Without the query. */
  path: string;
  /** The `operationId`; `undefined` if no operation matched. */
  operation: string | undefined;
  /** Whether the request carried an API key. */
  hadKey: boolean;
  /** `undefined` if the connection broke before a status was sent. */
  status: number | undefined;
  /** The error code that was answered. */
  code: string | undefined;
  /** The fault that was applied to it. */
  fault: string | undefined;
  /** US dollars charged. */
  usd: number;
  /** From the request's headers to the end of the answer. */
  ms: number;
}

/** Counts of the requests since the start. */
export interface Stats {
  /** API requests that have arrived. */
  requests: number;
  /** How many of each HTTP method. */
  byMethod: Record<string, number>;
  /** How many of each `operationId`; requests that matched no operation are not counted. */
  byOperation: Record<string, number>;
  /** API requests being answered now. */
  inFlight: number;
  /** The most that were ever answered at the same time, refused requests included. */
  maxInFlight: number;
  /** Connections that are open now. */
  openSockets: number;
}

/** How many recent requests are remembered, so that a long run does not fill the memory. */
const maxRecords = 20_000;

/** The requests since the start: counts, and records of the latest. */
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

  /** Counts a request as in flight. Returns a function that ends that. */
  enter(method: string, operation: string | undefined): () => void {
    const { stats } = this;
    stats.requests++;
    stats.byMethod[method] = (stats.byMethod[method] ?? 0) + 1;
    if (operation !== undefined)
      stats.byOperation[operation] = (stats.byOperation[operation] ?? 0) + 1;
    stats.inFlight++;
    stats.maxInFlight = Math.max(stats.maxInFlight, stats.inFlight);
    return () => {
      stats.inFlight--;
    };
  }

  record(record: RequestRecord): void {
    this.records.push(record);
    if (this.records.length > maxRecords) this.records.shift();
  }
}
