import { spawn } from "node:child_process";
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

/** Where a Chromium is on this machine. */
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

/** Opens a page in a headless browser with a profile of its own, until the returned function is called. */
export async function openPage(chromium: string, url: string): Promise<() => Promise<void>> {
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
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      url,
    ],
    // In a group of its own, so that its helper processes end with it.
    { stdio: "ignore", detached: true },
  );
  return async () => {
    const ended = once(browser, "exit");
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
