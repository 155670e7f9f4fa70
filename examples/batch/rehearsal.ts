import { startEmulator } from "pikzels-client/emulator";
import { startRedisServer } from "../../scripts/lib/redis-server.js";

/** What a batch runs against. */
export interface Stage {
  redis: string;
  /**
   * For the workers: the address of the API, and the key. Empty if their own environment has both.
   */
  environment: NodeJS.ProcessEnv;
  /** How many calls have been paid for; unknown for real calls. */
  charges: () => number | undefined;
  close(): Promise<void>;
}

/**
 * Starts whatever was not given: a private Redis that forgets everything when it closes, and an
 * emulator of the API that costs nothing.
 */
export async function setStage(options: {
  redis: string | undefined;
  live: boolean;
  faultRate: number;
}): Promise<Stage> {
  const server = options.redis === undefined ? await startRedisServer() : undefined;
  const emulator = options.live
    ? undefined
    : await startEmulator({ processingMs: 300, maxInFlight: 1_000, faultRate: options.faultRate });
  return {
    redis: options.redis ?? server?.address ?? "",
    environment: emulator
      ? { PIKZELS_BASE_URL: emulator.url, PIKZELS_API_KEY: "pkz_rehearsal" }
      : {},
    charges: () => emulator?.ledger.charges.length,
    async close() {
      await emulator?.close();
      await server?.stop();
    },
  };
}
