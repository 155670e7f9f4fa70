import { vi } from "vitest";

/**
 * Makes the package take this platform for another one, by what `process.versions` and
 * `navigator.userAgent` say; `undefined` for one that says nothing.
 */
export function pretendPlatform(
  versions: Record<string, string> | undefined,
  userAgent?: string,
): void {
  vi.stubGlobal("process", Object.create(process, { versions: { value: versions } }));
  vi.stubGlobal("navigator", userAgent === undefined ? undefined : { userAgent });
}
