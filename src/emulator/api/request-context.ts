import { isJsonType } from "../../openapi/media-types.js";
import type { Operation } from "../document/operations.js";
import { valueOfCredential } from "../document/security.js";
import type { ScheduledFault } from "../faults/queue.js";
import type { EmulatorState } from "../state/emulator-state.js";
import type { RequestRecord } from "../state/traffic.js";
import { warn } from "../warn.js";
import { exchangeChannel } from "./exchange.js";
import type { IncomingRequest } from "./incoming-request.js";
import { failureReply, type ErrorFields, type Reply } from "./reply.js";

/**
 * One API request from its arrival to its end. It counts as in flight from the moment it arrives
 * until just before the client can know that it was answered, so that a client which then calls
 * again at once is never counted twice. Its record is written at that moment too.
 */
export class RequestContext {
  readonly incoming: IncomingRequest;
  readonly #operation: Operation | undefined;
  readonly #state: EmulatorState;
  readonly #arrivedAt = performance.now();
  readonly #releases: (() => void)[];
  #reply: Reply | undefined;
  #fault: ScheduledFault | undefined;
  #isWorking = true;
  #isRecorded = false;

  constructor(incoming: IncomingRequest, operation: Operation | undefined, state: EmulatorState) {
    this.incoming = incoming;
    this.#operation = operation;
    this.#state = state;
    this.#releases = [state.traffic.enter(incoming.method, operation?.id)];
    incoming.response.setHeader("x-request-id", incoming.requestId);
    incoming.response.once("close", () => {
      this.#release();
      // Work for a client that has disconnected continues, as it does at the service.
      if (!this.#isWorking) this.#record();
    });
  }

  /** Registers a function to run when the request is no longer in flight. */
  onEnd(release: () => void): void {
    if (this.incoming.response.closed) release();
    else this.#releases.push(release);
  }

  /** Notes the fault that was applied to this request. */
  setFault(fault: ScheduledFault): void {
    this.#fault = fault;
  }

  /** A failure of this request, in the form that the document has for it. */
  failure(fields: ErrorFields): Reply {
    return failureReply(fields, this.incoming.requestId, this.#state.document, this.#operation);
  }

  /** Sends the reply. */
  send(reply: Reply): void {
    const { response } = this.incoming;
    // The client has disconnected. What was done for it is recorded when the work is over.
    if (response.closed) return;
    this.#reply = reply;
    const length = { "content-length": Buffer.byteLength(reply.body) };
    response.writeHead(reply.status, { ...reply.headers, ...length });
    this.end();
    response.end(reply.body);
  }

  /** Ends the request for the emulator, whatever becomes of its answer. */
  end(): void {
    this.#release();
    this.#record();
  }

  /** Nothing more is done for this request except delivering its answer. */
  finishWork(): void {
    this.#isWorking = false;
    if (this.incoming.response.closed) this.#record();
  }

  /** Runs each function that was registered, once. */
  #release(): void {
    for (const release of this.#releases.splice(0)) release();
  }

  #record(): void {
    if (this.#isRecorded) return;
    this.#isRecorded = true;
    const record = this.#createRecord();
    const { traffic, options, document } = this.#state;
    traffic.record(record);
    if (!exchangeChannel.hasSubscribers && !options.onExchange) return;
    const { headers = {}, body = "" } = this.#reply ?? {};
    const isJson = isJsonType(headers["content-type"] ?? "");
    const isGenuine = this.#reply !== undefined && record.fault === undefined && isJson;
    const exchange = {
      ...record,
      headers,
      body: isGenuine ? (JSON.parse(String(body)) as unknown) : undefined,
    };
    try {
      options.onExchange?.(exchange);
    } catch (error) {
      warn(error);
    }
    exchangeChannel.publish({ exchange, document });
  }

  #createRecord(): RequestRecord {
    const { requestId, method, path, response } = this.incoming;
    const { ledger, clock } = this.#state;
    const provocation = this.#fault?.provocation;
    const fault = provocation && "fault" in provocation ? provocation.fault : undefined;
    return {
      requestId,
      at: new Date(clock.now()),
      method,
      path: withoutKeys(path),
      operation: this.#operation?.id,
      hadKey: this.#hadKey(),
      status: response.headersSent ? response.statusCode : undefined,
      code: fault === undefined ? this.#reply?.code : undefined,
      fault,
      usd: ledger.chargedFor(requestId),
      ms: performance.now() - this.#arrivedAt,
    };
  }

  #hadKey(): boolean {
    const { request, query } = this.incoming;
    const known = (this.#operation ? [this.#operation] : this.#state.operations)
      .flatMap(({ security }) => security)
      .flat();
    return known.some((credential) => valueOfCredential(credential, request, query) !== "");
  }
}

/** Keys do not belong in paths. One that got there is not recorded. */
function withoutKeys(path: string): string {
  return path.replaceAll(/pkz_[^/]*/gi, "pkz_…");
}
