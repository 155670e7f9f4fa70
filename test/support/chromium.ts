import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const places = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium-browser",
];

/** The path of Chromium on this machine. */
export async function findChromium(): Promise<string> {
  for (const place of places) {
    const isThere = place !== undefined && (await access(place).then(yes, no));
    if (isThere) return place;
  }
  throw new Error(
    "The browser test needs Chromium: apt-get install chromium, or set CHROMIUM_PATH.",
  );
}

const yes = () => true;
const no = () => false;

/** A headless browser with a profile of its own. */
export interface Chromium {
  process: ChildProcess;
  /** Ends it and every process that it started. */
  close: () => Promise<void>;
}

/** Starts a browser; `more` is for further arguments and a page to open. */
export async function startChromium(
  chromium: string,
  more: readonly string[],
  stdio: StdioOptions = "ignore",
): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), "pikzels-chromium-"));
  const browser = spawn(
    chromium,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      `--user-data-dir=${profile}`,
      ...more,
    ],
    // In a group of its own, so that its helper processes end with it.
    { stdio, detached: true },
  );
  return {
    process: browser,
    async close() {
      const ended = once(browser, "exit");
      if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
