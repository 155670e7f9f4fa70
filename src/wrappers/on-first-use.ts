import { PikzelsConnectionError } from "./errors/connection-error.js";
import { onAbort } from "../transport/on-abort.js";

/** A part of this package that is loaded by its first use. */
export interface Part<Module> {
  /** The part, once it is there. */
  loaded: Module | undefined;
  /**
   * @throws {PikzelsConnectionError} where the part cannot be loaded; the signal's reason when it
   * aborts.
   */
  load: (signal?: AbortSignal) => Promise<Module>;
  /** Does something with the part: at once where it is there, else when it is loaded. */
  use: <Result>(
    signal: AbortSignal | undefined,
    act: (module: Module) => Promise<Result>,
  ) => Promise<Result>;
}

/** Makes a part of what `load` imports. */
export function onFirstUse<Module>(load: () => Promise<Module>): Part<Module> {
  const part: Part<Module> = {
    loaded: undefined,
    load: async (signal) => (part.loaded ??= await unlessAborted(load, signal)),
    use: async (signal, act) => act(part.loaded ?? (await part.load(signal))),
  };
  return part;
}

/** By itself and not by `within`, which is itself loaded later: with the transport. */
async function unlessAborted<Module>(
  load: () => Promise<Module>,
  signal: AbortSignal | undefined,
): Promise<Module> {
  signal?.throwIfAborted();
  let forget: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    forget =
      signal &&
      onAbort(signal, () => {
        reject(signal.reason as Error);
      });
  });
  try {
    return await Promise.race([load(), aborted]);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PikzelsConnectionError(
      "A part of pikzels-client could not be loaded. Nothing was sent. Check that all files of the package, or of your bundle, are in place.",
      { cause },
    );
  } finally {
    forget?.();
  }
}
