import { vi } from "vitest";

/** Makes the package take this platform for another one, by what `process.versions` says. */
export function pretendPlatform(versions: Record<string, string> | undefined): void {
  vi.stubGlobal("process", Object.create(process, { versions: { value: versions } }));
}
