import type { Call, Handler } from "./handler.js";
import type { EmulatorState } from "../state/emulator-state.js";

export const getPikzonality: Handler = {
  perform(call, state) {
    const found = find(call, state);
    const { status, progress } = state.pikzonalities.training(found);
    const isReady = status === "completed";
    const picture = (name: string) => `${call.origin}/pikzonalities/${found.id}/${name}.png`;
    return {
      id: found.id,
      name: found.name,
      mode: found.mode,
      status,
      progress,
      portrait_url: isReady ? picture("portrait") : null,
      reference: isReady ? [1, 2, 3].map((number) => picture(`reference-${number}`)) : null,
      special_instructions: found.specialInstructions,
    };
  },
};

export const updatePikzonality: Handler = {
  perform(call, state) {
    const found = find(call, state);
    const instructions = call.body["special_instructions"];
    if (instructions === null || typeof instructions === "string")
      found.specialInstructions = instructions;
    return {
      id: found.id,
      name: found.name,
      special_instructions: found.specialInstructions,
    };
  },
};

export const deletePikzonality: Handler = {
  perform(call, state) {
    const found = find(call, state);
    state.pikzonalities.delete(found);
    return { message: `The ${found.mode} was deleted.` };
  },
};

function find({ pathParameters }: Call, { pikzonalities }: EmulatorState) {
  return pikzonalities.get(pathParameters["id"] ?? "");
}
