import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Answer } from "../answer.js";
import type { Clock } from "../state/clock.js";
import type { Visit } from "../visit.js";
import { firstHalf } from "./spoil-answer.js";
import type { FaultName, FaultProvocation } from "./provocation.js";

/** What a fault needs to break the way an answer travels. */
export interface Breaking {
  provocation: FaultProvocation;
  answer: Answer;
  response: ServerResponse;
  clock: Clock;
  visit: Visit;
}

/** Faults of the connection; each of these delivers (or does not deliver) the answer itself. */
export const breakers: Partial<Record<FaultName, (breaking: Breaking) => void | Promise<void>>> = {
  reset({ response, visit }) {
    visit.leave();
    response.socket?.resetAndDestroy();
  },
  "no-answer": () => undefined,
  async "slow-answer"({ provocation, clock, answer, visit }) {
    await clock.wait(provocation.delayMs ?? 1000);
    visit.send(answer);
  },
  "stalled-body"({ answer, response }) {
    response.writeHead(answer.status, withLength(answer, Buffer.byteLength(answer.body)));
    response.write(firstHalf(answer.body));
  },
  "cut-body"({ answer, response, visit }) {
    response.writeHead(answer.status, withLength(answer, Buffer.byteLength(answer.body)));
    visit.leave();
    response.write(firstHalf(answer.body), () => response.socket?.destroy());
  },
  "wrong-length"({ answer, response, visit }) {
    const half = Buffer.byteLength(firstHalf(answer.body));
    response.writeHead(answer.status, { ...withLength(answer, half), connection: "close" });
    visit.leave();
    response.end(answer.body);
  },
  async "endless-body"({ answer, response }) {
    response.writeHead(answer.status, answer.headers);
    await pour(response, Number.POSITIVE_INFINITY);
  },
  async "huge-body"({ provocation, answer, response, visit }) {
    const bytes = provocation.bytes ?? 2 ** 30;
    response.writeHead(answer.status, withLength(answer, bytes));
    await pour(response, bytes);
    visit.leave();
    response.end();
  },
};

function withLength(answer: Answer, bytes: number): Record<string, string> {
  return { ...answer.headers, "content-length": String(bytes) };
}

/** Writes so many bytes, as fast as the other side takes them, or until it is gone. */
async function pour(response: ServerResponse, bytes: number): Promise<void> {
  const block = Buffer.alloc(64 * 1024, " ");
  for (let left = bytes; left > 0 && !response.destroyed; left -= block.length) {
    if (response.write(left < block.length ? block.subarray(0, left) : block)) continue;
    const isDrained = new AbortController();
    const options = { signal: isDrained.signal };
    await Promise.race([once(response, "drain", options), once(response, "close", options)]);
    isDrained.abort();
  }
}
