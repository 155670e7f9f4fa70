import { vi } from "vitest";

/** Everything that a command run inside the test has printed so far. */
export interface CapturedOutput {
  out: string;
  err: string;
}

/** Captures standard output and standard error until the mocks are restored. */
export function captureOutput(): CapturedOutput {
  const printed: CapturedOutput = { out: "", err: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  return printed;
}
