import type { Provocation } from "./provocation.js";

/** What goes wrong when faults are random and nobody said which: a mix seen with real services. */
export const defaultRandomFaults: Provocation[] = [
  { code: "TOO_MANY_REQUESTS", retryAfter: 1 },
  { code: "SERVICE_UNDER_MAINTENANCE" },
  { code: "INTERNAL_ERROR" },
  { code: "GENERATION_FAILED", when: "during" },
  { fault: "reset", when: "before" },
  { fault: "reset", when: "during" },
  { fault: "reset", when: "after" },
  { fault: "html" },
  { fault: "empty-body" },
  { fault: "cut-body" },
  { fault: "truncated-json" },
];
