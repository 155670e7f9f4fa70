import type { Mode } from "../state/pikzonalities.js";
import type { Handler } from "./handler.js";
import { cents } from "./prices.js";

export const createPersona = creator("persona");
export const createStyle = creator("style");

function creator(mode: Mode): Handler {
  return {
    cents: () => cents.training,
    check({ body }, { pikzonalities }) {
      pikzonalities.checkName(String(body["name"]));
    },
    perform({ body, requestId, account }, { pikzonalities }) {
      // Others may have come while this one was processed: the name is taken only now.
      const name = String(body["name"]);
      pikzonalities.checkName(name);
      return { id: pikzonalities.create(mode, name, requestId, account).id, request_id: requestId };
    },
  };
}
