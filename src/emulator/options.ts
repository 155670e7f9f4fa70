import type { Exchange } from "./api/exchange.js";
import type { ImageAddressPreset, ImageVerdict } from "./api/image-addresses.js";
import type { Provocation } from "./faults/provocation.js";
import type { KeySettings, KeyState } from "./state/keys.js";

/** Options of the emulator. By default it behaves like the service, only faster. */
export interface EmulatorOptions {
  /** Port to listen on; 0 takes a free one. @default 0 */
  port?: number;
  /** Address to listen on. @default "127.0.0.1" */
  host?: string;
  /**
   * The origin of the addresses of outputs, for an emulator behind a proxy: `https://pikzels.test`.
   * @default The origin of the request
   */
  publicUrl?: string;
  /**
   * Whether the origin of a request is read from `Forwarded` (RFC 7239) and `X-Forwarded-*`, for an
   * emulator behind a proxy that sets them. @default false
   */
  trustProxy?: boolean;
  /** An OpenAPI 3.0 or 3.1 document to serve instead of the one this package was built from. */
  spec?: object;
  /** What the emulator knows of certain API keys. */
  keys?: Record<string, KeyState | KeySettings>;
  /** Whether a well-formed key that `keys` does not list counts as active. @default true */
  acceptUnknownKeys?: boolean;
  /** US dollars that all keys without a balance of their own share. @default 1_000_000 */
  credits?: number;
  /** Requests that one key may have in flight. One more is answered with 429. @default 10 */
  maxInFlight?: number;
  /**
   * Whether work takes as long as at the service (a generation 60 s, a training 5 minutes), and image
   * addresses that the service cannot fetch are refused. @default false
   */
  realistic?: boolean;
  /** Milliseconds that the training of a persona or style takes. @default 2000 */
  trainingMs?: number;
  /** Milliseconds that a charged request takes. @default 0 */
  processingMs?: number;
  /** Names that no persona or style may have. @default ["pikzels", "default", "admin"] */
  reservedNames?: string[];
  /** With `manual` time moves only by `advance()`. @default "real" */
  clock?: "real" | "manual";
  /** The status of an output whose address has expired. @default 404 */
  expiredStatus?: 403 | 404;
  /**
   * What is found at the address of an input image: a function, or `lenient` (an image, except under
   * `.invalid` and `.localhost`), or `realistic` (private hosts, signed addresses and pages are
   * unreachable too). @default "lenient"
   */
  imageAt?: ImageAddressPreset | ((url: string) => ImageVerdict);
  /** The share of API requests that fail in a random way, 0 to 1. @default 0 */
  faultRate?: number;
  /** The ways in which they fail. */
  randomFaults?: Provocation[];
  /** Makes the random faults the same in every run. @default 1 */
  seed?: number;
  /** Called with every API request after it was answered. */
  onExchange?: (exchange: Exchange) => void;
}
