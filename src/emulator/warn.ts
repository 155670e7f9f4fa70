/** Reports a bug of the emulator, or of a function among its options, without ending the process. */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), "PikzelsEmulatorWarning");
}
