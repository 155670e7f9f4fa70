/**
 * The service on loopback, free of charge, and every way in which it can fail.
 *
 * @module pikzels-client/emulator
 */
export { startEmulator } from "./start.js";
export { faultNames } from "./faults/provocation.js";
export type { Emulator, LedgerView } from "./emulator.js";
export type { EmulatorOptions } from "./options.js";
export type { ImageVerdict } from "./api/image-addresses.js";
export type { Exchange } from "./api/exchange.js";
export type {
  CodeProvocation,
  FaultMoment,
  FaultName,
  FaultProvocation,
  FaultTarget,
  Provocation,
} from "./faults/provocation.js";
export type { KeySettings, KeyState } from "./state/keys.js";
export type { Charge } from "./state/ledger.js";
export type { RequestRecord, Stats } from "./state/traffic.js";
export type { Detail } from "./api/refusal.js";
