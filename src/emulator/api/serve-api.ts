import { createAnswer } from "../behaviour/answer.js";
import { applyFault } from "../faults/apply-fault.js";
import type { ScheduledFault } from "../faults/queue.js";
import { ClockStopped } from "../state/clock.js";
import type { EmulatorState } from "../state/emulator-state.js";
import { warn } from "../warn.js";
import { findOperation, type Route } from "./find-operation.js";
import type { IncomingRequest } from "./incoming-request.js";
import { processRequest } from "./process-request.js";
import type { ReceivedBody } from "./read-body.js";
import { Refusal } from "./refusal.js";
import { refusalReply, type Reply } from "./reply.js";
import { RequestContext } from "./request-context.js";

/** Thrown to stop the work when a fault is to be applied instead. */
class FaultDue extends Error {}

/**
 * Serves one API request: finds its operation, does its work unless a fault comes first, and sends
 * the answer.
 */
export async function serveApi(incoming: IncomingRequest, state: EmulatorState): Promise<void> {
  const { request, response, requestId, method, path } = incoming;
  const route = findOperation(state.operations, method, path);
  const context = new RequestContext(incoming, route?.operation, state);
  const fault = route && state.faults.take(route.operation);
  let received: ReceivedBody | undefined;
  try {
    received = await state.bodies.read(request);
    if (!route) throw new Refusal("NOT_FOUND");
    if (fault?.when === "before") throw new FaultDue();
    const reply = await processRequest(incoming, received, route, state, {
      onEnd: (release) => {
        context.onEnd(release);
      },
      beforeWork() {
        if (fault?.when === "during") throw new FaultDue();
      },
    });
    if (fault) await replaceReply(fault, reply);
    else context.send(reply);
  } catch (error) {
    if (fault && error instanceof FaultDue) {
      await replaceReply(fault, replyWithoutWork(route));
    } else if (error instanceof ClockStopped || request.errored) {
      // The emulator was closed, or the client disconnected in the middle of its body.
      response.destroy();
    } else {
      fault?.giveBack();
      const refusal = asRefusal(error);
      context.send(refusalReply(refusal, requestId, state.document, route?.operation));
    }
  } finally {
    received?.release();
    context.finishWork();
  }

  async function replaceReply(scheduled: ScheduledFault, reply: Reply): Promise<void> {
    context.setFault(scheduled);
    await applyFault(scheduled.provocation, { reply, context, clock: state.clock });
  }

  /** The reply that a fault damages if no work was done: it has to look like a genuine answer. */
  function replyWithoutWork({ operation, pathParameters }: Route): Reply {
    const { origin } = incoming;
    const { anonymous: account } = state.keys;
    const role = { does: "work" } as const;
    const call = { requestId, operation, role, pathParameters, body: {}, account, origin };
    return createAnswer({ ...call, accept: request.headers.accept ?? "" }, {}, state);
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // A bug of the emulator or of an option's function. The client sees what a broken service answers.
  warn(error);
  return new Refusal("INTERNAL_ERROR");
}
