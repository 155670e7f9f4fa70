import { once } from "node:events";
import { Readable, Writable } from "node:stream";
import { objectAt } from "../../src/openapi/json.js";
import { findChromium, startChromium } from "../support/chromium.js";
import { DevTools } from "./devtools.js";

/** The settings with which a page is viewed. */
export interface View {
  scheme: "light" | "dark";
  width: number;
  height: number;
}

/** A tab of a real browser. */
export interface Tab {
  /** Opens a page, and waits until its styles are loaded and its scripts have run. */
  open: (url: string, view: View) => Promise<void>;
  /** Runs a function in the page. It must not use anything from outside. */
  run: <Result>(inPage: () => Result) => Promise<Result>;
  screenshot: () => Promise<Buffer>;
  /** The messages that the page has logged to the console since it was opened. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Starts a browser with one tab. */
export async function openTab(): Promise<Tab> {
  const chromium = await startChromium(
    await findChromium(),
    ["--remote-debugging-pipe", "--hide-scrollbars"],
    ["ignore", "ignore", "ignore", "pipe", "pipe"],
  );
  const [, , , requests, responses] = chromium.process.stdio;
  if (!(requests instanceof Writable) || !(responses instanceof Readable))
    throw new Error("Chromium was started without pipes.");
  const devTools = new DevTools(requests, responses);

  const target = await devTools.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = objectAt(
    {
      attached: await devTools.send("Target.attachToTarget", {
        ...(target as object),
        flatten: true,
      }),
    },
    "attached",
  );
  const send = (method: string, params?: object) =>
    devTools.send(method, params, String(sessionId));
  for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`);

  const complaints: string[] = [];
  devTools.events.on("Runtime.exceptionThrown", (params) =>
    complaints.push(JSON.stringify(params)),
  );
  devTools.events.on("Runtime.consoleAPICalled", (params: { type: string }) => {
    if (/error|warn|assert/.test(params.type)) complaints.push(JSON.stringify(params));
  });
  devTools.events.on("Log.entryAdded", ({ entry }: { entry: { level: string } }) => {
    if (/error|warning/.test(entry.level)) complaints.push(JSON.stringify(entry));
  });

  const run = async <Result>(inPage: () => Result): Promise<Result> => {
    const expression = `(${String(inPage)})()`;
    const { result, exceptionDetails } = (await send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })) as { result: { value: Result }; exceptionDetails?: object };
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  };

  return {
    run,
    complaints,
    close: chromium.close,
    async open(url, { scheme, width, height }) {
      complaints.length = 0;
      const mobile = width < 768;
      await send("Emulation.setDeviceMetricsOverride", {
        width,
        height,
        mobile,
        deviceScaleFactor: 1,
      });
      const features = [{ name: "prefers-color-scheme", value: scheme }];
      await send("Emulation.setEmulatedMedia", { features });
      const loaded = once(devTools.events, "Page.loadEventFired");
      await send("Page.navigate", { url });
      await loaded;
      await run(isShown);
    },
    async screenshot() {
      const { data } = (await send("Page.captureScreenshot")) as { data: string };
      return Buffer.from(data, "base64");
    },
  };
}

/** TypeDoc hides the page until it knows its theme. */
function isShown(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.body.style.display === "none") requestAnimationFrame(look);
      else resolve();
    };
    look();
  });
}
