import { errorAnswer, jsonAnswer, type Answer } from "./answer.js";
import type { DueFault } from "./faults/queue.js";
import { strike } from "./faults/strike.js";
import { Refusal } from "./refusal.js";
import { findOperation } from "./request/find-operation.js";
import type { Incoming } from "./request/incoming.js";
import { processCall } from "./request/process-call.js";
import { readBody } from "./request/read-body.js";
import { sampleSuccess } from "./spec/sample.js";
import { ClockStopped } from "./state/clock.js";
import { Visit } from "./visit.js";
import type { World } from "./world.js";

/** Thrown where a fault stops the work. */
class Interruption extends Error {}

/**
 * Serves one request to the API: finds its operation, lets a provoked fault strike or the service do
 * its work, and sends the answer.
 */
export async function serveApi(incoming: Incoming, world: World): Promise<void> {
  const { request, response, requestId, method, path } = incoming;
  const route = findOperation(world.operations, method, path);
  const visit = new Visit(incoming, route?.operation, world);
  const fault = route && world.faults.take(route.operation);
  try {
    const received = await readBody(request);
    if (!route) throw new Refusal("NOT_FOUND");
    if (fault?.when === "before") throw new Interruption();
    const answer = await processCall(incoming, received, route, world, {
      onLeave: (undo) => {
        visit.onLeave(undo);
      },
      beforeWork() {
        if (fault?.when === "during") throw new Interruption();
      },
    });
    if (fault) await strikeWith(fault, answer);
    else visit.send(answer);
  } catch (error) {
    if (fault && error instanceof Interruption) {
      await strikeWith(fault, insteadOfWork());
    } else if (error instanceof ClockStopped || request.errored) {
      // The emulator was closed, or the client went away in the middle of its body.
      response.destroy();
    } else {
      fault?.giveBack();
      visit.send(errorAnswer(asRefusal(error), requestId));
    }
  } finally {
    visit.workIsOver();
  }

  async function strikeWith(due: DueFault, answer: Answer): Promise<void> {
    visit.struckBy(due);
    await strike(due.provocation, { answer, incoming, visit, clock: world.clock });
  }

  /** What a fault spoils or cuts where no work was done: it has to look like the real thing. */
  function insteadOfWork(): Answer {
    return jsonAnswer(200, route ? sampleSuccess(world.document, route.operation) : {});
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // A mistake of the emulator's own; the client sees what a broken service answers.
  process.emitWarning(error instanceof Error ? error : String(error), "PikzelsEmulatorWarning");
  return new Refusal("INTERNAL_ERROR");
}
