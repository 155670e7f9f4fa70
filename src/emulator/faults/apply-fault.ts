import type { Reply } from "../api/reply.js";
import type { IncomingRequest } from "../api/incoming-request.js";
import type { RequestContext } from "../api/request-context.js";
import type { Clock } from "../state/clock.js";
import { deliveryFaults } from "./delivery-faults.js";
import { errorFieldsOf, type Provocation } from "./provocation.js";
import { responseFaults } from "./response-faults.js";

export interface FaultTargetReply {
  /** The reply that was, or would have been, sent. */
  reply: Reply;
  context: RequestContext;
  clock: Clock;
}

/** Applies a fault to a request: decides what the client gets to see, if anything. */
export async function applyFault(
  provocation: Provocation,
  { reply, context, clock }: FaultTargetReply,
): Promise<void> {
  const { requestId, response } = context.incoming;
  if ("code" in provocation) {
    context.send(context.failure(errorFieldsOf(provocation)));
    return;
  }
  const changeReply = responseFaults[provocation.fault];
  if (changeReply) {
    const otherOrigin = otherOriginOf(context.incoming);
    const failure = context.failure.bind(context);
    context.send(changeReply({ provocation, reply, failure, requestId, otherOrigin }));
    return;
  }
  await deliveryFaults[provocation.fault]?.({ provocation, reply, response, context, clock });
}

/** The same server under its other loopback name is another origin to every client. */
function otherOriginOf({ origin }: IncomingRequest): string {
  const url = new URL("/_emulator/elsewhere", origin);
  url.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return url.href;
}
