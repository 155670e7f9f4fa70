import type { Answer } from "./answer.js";
import { exchangeChannel } from "./exchange.js";
import type { DueFault } from "./faults/queue.js";
import type { Incoming } from "./request/incoming.js";
import type { Operation } from "./spec/operation.js";
import type { RequestRecord } from "./state/traffic.js";
import type { World } from "./world.js";

/**
 * A request's stay: counted in when it arrives, counted out just before the client can know that it
 * is answered (a client that calls again at once is not seen twice), and written down then.
 */
export class Visit {
  readonly #incoming: Incoming;
  readonly #operation: Operation | undefined;
  readonly #world: World;
  readonly #arrived = performance.now();
  readonly #leaving: (() => void)[];
  #answer: Answer | undefined;
  #fault: DueFault | undefined;
  #isWorking = true;
  #isWrittenDown = false;

  constructor(incoming: Incoming, operation: Operation | undefined, world: World) {
    this.#incoming = incoming;
    this.#operation = operation;
    this.#world = world;
    this.#leaving = [world.traffic.enter(incoming.method, operation?.id)];
    incoming.response.setHeader("x-request-id", incoming.requestId);
    incoming.response.once("close", () => {
      this.#countOut();
      // The work for a client that went away goes on, as it does at the service.
      if (!this.#isWorking) this.#writeDown();
    });
  }

  /** What else is to be undone when the request leaves. */
  onLeave(undo: () => void): void {
    if (this.#incoming.response.closed) undo();
    else this.#leaving.push(undo);
  }

  /** The fault that strikes this request. */
  struckBy(fault: DueFault): void {
    this.#fault = fault;
  }

  /** Answers the request. */
  send(answer: Answer): void {
    const { response } = this.#incoming;
    // Whoever asked is gone; what was done for them is written down when the work is over.
    if (response.closed) return;
    this.#answer = answer;
    const length = { "content-length": Buffer.byteLength(answer.body) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    this.leave();
    response.end(answer.body);
  }

  /** The request is over for the emulator, whatever becomes of its answer. */
  leave(): void {
    this.#countOut();
    this.#writeDown();
  }

  /** Nothing more will be done for this request, but for the delivery of its answer. */
  workIsOver(): void {
    this.#isWorking = false;
    if (this.#incoming.response.closed) this.#writeDown();
  }

  #countOut(): void {
    for (const undo of this.#leaving.splice(0)) undo();
  }

  #writeDown(): void {
    if (this.#isWrittenDown) return;
    this.#isWrittenDown = true;
    const record = this.#record();
    const { traffic, options, document } = this.#world;
    traffic.record(record);
    if (!exchangeChannel.hasSubscribers && !options.onExchange) return;
    const { headers = {}, body = "" } = this.#answer ?? {};
    const isWhole = this.#answer !== undefined && record.fault === undefined;
    const exchange = {
      ...record,
      headers,
      body: isWhole ? (JSON.parse(body) as unknown) : undefined,
    };
    try {
      options.onExchange?.(exchange);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    exchangeChannel.publish({ exchange, document });
  }

  #record(): RequestRecord {
    const { requestId, method, path, request, response } = this.#incoming;
    const { ledger, clock } = this.#world;
    const provocation = this.#fault?.provocation;
    const fault = provocation && "fault" in provocation ? provocation.fault : undefined;
    return {
      requestId,
      at: new Date(clock.now()),
      method,
      path: withoutKeys(path),
      operation: this.#operation?.id,
      hadKey:
        request.headers[this.#operation?.keyHeader?.toLowerCase() ?? "x-api-key"] !== undefined,
      status: response.headersSent ? response.statusCode : undefined,
      code: fault === undefined ? this.#answer?.code : undefined,
      fault,
      usd: ledger.chargedFor(requestId),
      ms: performance.now() - this.#arrived,
    };
  }
}

/** A key has no business in a path; one that got there is not written down. */
function withoutKeys(path: string): string {
  return path.replaceAll(/pkz_[^/]*/gi, "pkz_…");
}
