import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Reply } from "../api/reply.js";
import type { RequestContext } from "../api/request-context.js";
import type { Clock } from "../state/clock.js";
import type { FaultName, FaultProvocation } from "./provocation.js";
import { firstHalf } from "./response-faults.js";

/** What a fault needs to break the delivery of a reply. */
interface DeliveryFaultInput {
  provocation: FaultProvocation;
  reply: Reply;
  response: ServerResponse;
  clock: Clock;
  context: RequestContext;
}

type DeliveryFault = (input: DeliveryFaultInput) => void | Promise<void>;

/**
 * Faults of the connection. Each delivers the reply itself, or does not. To add one, add an entry
 * here.
 */
export const deliveryFaults: Partial<Record<FaultName, DeliveryFault>> = {
  reset({ response, context }) {
    context.end();
    response.socket?.resetAndDestroy();
  },
  "no-answer": () => undefined,
  async "slow-answer"({ provocation, clock, reply, context }) {
    await clock.wait(provocation.delayMs ?? 1000);
    context.send(reply);
  },
  "stalled-body"({ reply, response }) {
    response.writeHead(reply.status, withLength(reply, Buffer.byteLength(reply.body)));
    response.write(firstHalf(reply.body));
  },
  "cut-body"({ reply, response, context }) {
    response.writeHead(reply.status, withLength(reply, Buffer.byteLength(reply.body)));
    context.end();
    response.write(firstHalf(reply.body), () => response.socket?.destroy());
  },
  "wrong-length"({ reply, response, context }) {
    const half = Buffer.byteLength(firstHalf(reply.body));
    response.writeHead(reply.status, { ...withLength(reply, half), connection: "close" });
    context.end();
    response.end(reply.body);
  },
  async "endless-body"({ reply, response }) {
    response.writeHead(reply.status, reply.headers);
    await writeBytes(response, Number.POSITIVE_INFINITY);
  },
  async "huge-body"({ provocation, reply, response, context }) {
    const bytes = provocation.bytes ?? 2 ** 30;
    response.writeHead(reply.status, withLength(reply, bytes));
    await writeBytes(response, bytes);
    context.end();
    response.end();
  },
};

function withLength(reply: Reply, bytes: number): Record<string, string> {
  return { ...reply.headers, "content-length": String(bytes) };
}

/**
 * Writes this many bytes, as fast as the client reads them, until all are written or it
 * disconnects.
 */
async function writeBytes(response: ServerResponse, bytes: number): Promise<void> {
  const block = Buffer.alloc(64 * 1024, " ");
  for (let left = bytes; left > 0 && !response.destroyed; left -= block.length) {
    if (response.write(left < block.length ? block.subarray(0, left) : block)) continue;
    const isDrained = new AbortController();
    const options = { signal: isDrained.signal };
    await Promise.race([once(response, "drain", options), once(response, "close", options)]);
    isDrained.abort();
  }
}
