import {
  faultNames,
  type FaultMoment,
  type FaultName,
  type Provocation,
} from "pikzels-client/emulator";
import { faults } from "../../../src/emulator/faults/provocation.js";
import { endingOf, endings, type Ending } from "./policy.js";
import { errorCodes } from "../../sample-api/generated/errors.js";

/** A way in which a request can go wrong, and what is promised in that case. */
export interface Fault {
  name: string;
  provocation: Provocation;
  /** Whether the work was done, and charged, all the same. */
  isAfterWork: boolean;
  ending: Ending;
}

const codes = errorCodes.map((code): Fault => {
  return { name: code, provocation: { code }, isAfterWork: false, ending: endingOf(code) };
});

const limit = endingOf("TOO_MANY_REQUESTS");
const variations: Fault[] = [
  {
    name: "TOO_MANY_REQUESTS, Retry-After 7 s",
    provocation: { code: "TOO_MANY_REQUESTS", retryAfter: 7 },
    isAfterWork: false,
    ending: { ...limit, asksMs: 7000 },
  },
  {
    name: "TOO_MANY_REQUESTS, Retry-After 1 h",
    provocation: { code: "TOO_MANY_REQUESTS", retryAfter: 3600 },
    isAfterWork: false,
    ending: { ...limit, asksMs: 3_600_000, repeats: "none" },
  },
  {
    name: "INTERNAL_ERROR, though the work is done",
    provocation: { code: "INTERNAL_ERROR", when: "after" },
    isAfterWork: true,
    ending: endingOf("INTERNAL_ERROR"),
  },
  {
    name: "slow-answer, too slow",
    provocation: { fault: "slow-answer", delayMs: 300_000 },
    isAfterWork: true,
    ending: endings["no-answer"],
  },
];

/**
 * The faults that by default prevent the work from being done; they can also hide that it was done.
 */
const hideWork: FaultName[] = ["reset", "no-answer", "empty-body", "html", "missing-code"];

/** Every fault the emulator can produce, before and after the work if that makes a difference. */
export const allFaults: readonly Fault[] = [
  ...faultNames.map((fault) => faultAt(fault, faults[fault])),
  ...hideWork.map((fault) => faultAt(fault, "after")),
  faultAt("reset", "during"),
  ...codes,
  ...variations,
];

function faultAt(fault: FaultName, when: FaultMoment): Fault {
  return {
    name: `${fault}, ${when} the work`,
    provocation: { fault, when },
    isAfterWork: when === "after",
    ending: endings[fault],
  };
}
