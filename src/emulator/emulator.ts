import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { advanceClock, failTraining, setImage, setKey } from "./control/commands.js";
import { checkProvocation, type Provocation } from "./faults/provocation.js";
import type { ImageVerdict } from "./api/image-addresses.js";
import type {} from "./options.js";
import type { KeySettings, KeyState } from "./state/keys.js";
import type { Charge } from "./state/ledger.js";
import type { RequestRecord, Stats } from "./state/traffic.js";
import { refundFailedTrainings, type EmulatorState } from "./state/emulator-state.js";

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** Its base URL, with the path of the document's server: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The payments for successful requests: who paid how much for what. */
  readonly ledger: LedgerView;
  /** The latest 20,000 API requests, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Counts of the requests since the start. */
  readonly stats: Readonly<Stats>;
  /** The time on the emulator's clock. */
  now(): Date;
  /** Moves its clock forward by so many milliseconds: trainings progress, addresses expire. */
  advance(ms: number): void;
  /** Makes the next matching request fail. Provocations queue up. */
  provoke(provocation: Provocation): void;
  /** Drops provoked faults that have not been applied yet. */
  clearFaults(): void;
  /** Sets what the service knows of an API key. */
  setKey(key: string, settings: KeyState | KeySettings): void;
  /** Makes the training of this persona or style fail, or of the next so many. */
  failTraining(idOrCount: string | number): void;
  /** Sets what is found at the address of an image. */
  setImage(url: string, verdict: ImageVerdict): void;
  /** Stops listening, closes every connection and clears every timer. */
  close(): Promise<void>;
}

/** Who paid how much for what. */
export interface LedgerView {
  /** US dollars over all charges, less refunds. */
  readonly total: number;
  /** Every payment and refund, oldest first. */
  readonly charges: readonly Charge[];
  /** US dollars left of the balance that the keys share. */
  readonly balance: number;
}

export function createEmulator(
  state: EmulatorState,
  server: Server,
  address: AddressInfo,
): Emulator {
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= new Promise((resolve) => {
      state.clock.stop();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    return closing;
  }

  return {
    url: `http://${host}:${address.port}${state.basePath}`,
    port: address.port,
    get ledger() {
      refundFailedTrainings(state);
      const { total, charges } = state.ledger;
      return { total, charges, balance: state.keys.sharedBalance.cents / 100 };
    },
    get requests() {
      return state.traffic.records;
    },
    get stats() {
      return state.traffic.stats;
    },
    now: () => new Date(state.clock.now()),
    advance: (ms) => {
      advanceClock(state, ms);
    },
    provoke(provocation) {
      checkProvocation(provocation);
      state.faults.add(provocation);
    },
    clearFaults: () => {
      state.faults.clear();
    },
    setKey(key, settings) {
      setKey(state, key, typeof settings === "string" ? { state: settings } : { ...settings });
    },
    failTraining: (idOrCount) => {
      failTraining(state, idOrCount);
    },
    setImage: (url, verdict) => {
      setImage(state, url, verdict);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
