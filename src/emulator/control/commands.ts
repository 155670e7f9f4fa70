import { checkProvocation } from "../faults/provocation.js";
import type { JsonObject } from "../../openapi/json.js";
import { keyStates } from "../state/keys.js";
import { settleFailedTrainings, type World } from "../world.js";

type Command = (input: JsonObject, world: World) => unknown;

const commands: Record<string, Command> = {
  "GET /_emulator": (_, world) => {
    settleFailedTrainings(world);
    return {
      now: new Date(world.clock.now()),
      stats: world.traffic.stats,
      faultsWaiting: world.faults.size,
      ledger: { total: world.ledger.total, charges: world.ledger.charges.length },
    };
  },
  "GET /_emulator/ledger": (_, world) => {
    settleFailedTrainings(world);
    const { total, charges } = world.ledger;
    return { total, charges };
  },
  "GET /_emulator/requests": (_, world) => ({ requests: world.traffic.records }),
  "POST /_emulator/faults": (input, world) => {
    checkProvocation(input);
    world.faults.add(input);
  },
  "DELETE /_emulator/faults": (_, world) => {
    world.faults.clear();
  },
  "POST /_emulator/clock": ({ advanceMs }, world) => {
    if (typeof advanceMs !== "number") throw new TypeError("advanceMs is a number");
    world.clock.advance(advanceMs);
    return { now: new Date(world.clock.now()) };
  },
  "POST /_emulator/keys": ({ key, state, credits }, world) => {
    const known = keyStates.find((name) => name === (state ?? "active"));
    if (typeof key !== "string" || !known)
      throw new TypeError(`key is a string, state one of ${keyStates.join(", ")}`);
    world.keys.set(key, { state: known, ...(typeof credits === "number" && { credits }) });
  },
  "POST /_emulator/trainings": ({ fail, id }, world) => {
    failTraining(world, typeof id === "string" ? id : Number(fail ?? 1));
  },
  "POST /_emulator/images": ({ url, verdict }, world) => {
    if (
      typeof url !== "string" ||
      !(verdict === "ok" || verdict === "unreachable" || verdict === "too-large")
    )
      throw new TypeError("url is a string, verdict one of ok, unreachable, too-large");
    world.images.set(url, verdict);
  },
  // Where a redirect to another origin leads to.
  "GET /_emulator/elsewhere": () => ({ elsewhere: true }),
  "POST /_emulator/elsewhere": () => ({ elsewhere: true }),
};

/** What a request to the control API asks for. */
export function findCommand(method: string, path: string): Command | undefined {
  return commands[`${method} ${path.replace(/\/$/, "")}`];
}

/** Lets the training of one persona or style fail, or that of the next few. */
export function failTraining({ pikzonalities }: World, which: string | number): void {
  if (typeof which === "number") {
    pikzonalities.failNext(which);
    return;
  }
  const found = pikzonalities.get(which);
  const { status } = pikzonalities.training(found);
  if (status !== "processing") throw new TypeError(`the training of ${which} is already ${status}`);
  pikzonalities.fail(found);
}
