import { parts } from "./parts.js";
import type { Settings } from "../transport/settings.js";
import type { Transport } from "../transport/transport.js";

/**
 * The transport, loaded by the first call. What is to be sent has been checked and written by then: a
 * body that changes while the loading goes on changes nothing.
 */
export function openTransport(settings: Settings): Transport {
  let send: Transport | undefined;
  return (request) =>
    parts.transport.use(request.options.signal, ({ createTransport }) => {
      send ??= createTransport(settings);
      return send(request);
    });
}
