import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { failTraining } from "./control/commands.js";
import { checkProvocation, type Provocation } from "./faults/provocation.js";
import type { ImageVerdict } from "./options.js";
import type { KeySettings, KeyState } from "./state/keys.js";
import type { Charge } from "./state/ledger.js";
import type { RequestRecord, Stats } from "./state/traffic.js";
import { settleFailedTrainings, type World } from "./world.js";

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** Its base URL: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Who paid how much for what; only what succeeded is in it. */
  readonly ledger: LedgerView;
  /** The latest 20,000 API requests, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Counts of what came in. */
  readonly stats: Readonly<Stats>;
  /** The time it goes by. */
  now(): Date;
  /** Moves its time forward by so many milliseconds: trainings go on, addresses expire. */
  advance(ms: number): void;
  /** Lets the next matching request fail. Several wait in line. */
  provoke(provocation: Provocation): void;
  /** Forgets the faults that have not struck yet. */
  clearFaults(): void;
  /** Says what the service thinks of an API key. */
  setKey(key: string, settings: KeyState | KeySettings): void;
  /** Lets the training of this persona or style fail, or of the next so many. */
  failTraining(idOrCount: string | number): void;
  /** Says what is found at the address of an image. */
  setImage(url: string, verdict: ImageVerdict): void;
  /** Stops listening, ends every connection, keeps no timer. */
  close(): Promise<void>;
}

/** Who paid how much for what. */
export interface LedgerView {
  /** US dollars over all charges, returns taken off. */
  readonly total: number;
  /** Every payment and return, oldest first. */
  readonly charges: readonly Charge[];
  /** US dollars left of the balance that keys share. */
  readonly balance: number;
}

export function createEmulator(world: World, server: Server, address: AddressInfo): Emulator {
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= new Promise((resolve) => {
      world.clock.stop();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    return closing;
  }

  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    get ledger() {
      settleFailedTrainings(world);
      const { total, charges } = world.ledger;
      return { total, charges, balance: world.keys.sharedBalance.cents / 100 };
    },
    get requests() {
      return world.traffic.records;
    },
    get stats() {
      return world.traffic.stats;
    },
    now: () => new Date(world.clock.now()),
    advance: (ms) => {
      world.clock.advance(ms);
    },
    provoke(provocation) {
      checkProvocation(provocation);
      world.faults.add(provocation);
    },
    clearFaults: () => {
      world.faults.clear();
    },
    setKey(key, settings) {
      world.keys.set(key, typeof settings === "string" ? { state: settings } : settings);
    },
    failTraining: (idOrCount) => {
      failTraining(world, idOrCount);
    },
    setImage: (url, verdict) => world.images.set(url, verdict),
    close,
    [Symbol.asyncDispose]: close,
  };
}
