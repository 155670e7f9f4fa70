import { expect, inject, onTestFinished, test } from "vitest";
import {
  causes,
  type NeverLeft,
  type NeverLeftOutcomes,
} from "../../../scripts/docs/never-left.js";
import { runInChromium } from "./support/browser.js";
import { runtimesOf } from "./support/runtimes.js";
import { startUnreachableServices } from "./support/unreachable-services.js";

const project = inject("plainProject");

/** How a call with `maxRetries: 1` ended. */
interface End {
  outcome: string;
  attempts: number;
}

test("the outcome of a request that never left is as published on every runtime", async () => {
  const services = await startUnreachableServices();
  onTestFinished(services.close);
  const { addresses, proxyUrl, noProxy } = services;
  const env = { HTTPS_PROXY: proxyUrl, NO_PROXY: noProxy, NODE_USE_ENV_PROXY: "1" };
  // Node 22 and 24 never give up on a proxy that breaks the connection.
  const options = { addresses, attemptTimeoutMs: 3000 };

  const outcomes: NeverLeftOutcomes = {};
  for (const { name, run, takesProxy } of runtimesOf(project)) {
    const ends = (await run("never-left", options, env)) as Record<NeverLeft, End>;
    outcomes[name] = outcomesOf(ends, takesProxy);
  }
  const browserArgs = [
    `--proxy-server=${proxyUrl}`,
    `--proxy-bypass-list=${noProxy.replaceAll(",", ";")}`,
  ];
  const { ends } = await runInChromium(project, "never-left", options, browserArgs);
  outcomes["Chromium"] = outcomesOf(ends as Record<NeverLeft, End>);

  const text = `${JSON.stringify(outcomes, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../../docs/never-left.json");
});

/** Asserts that a call was retried exactly if nothing was sent, and resolves to the outcomes. */
function outcomesOf(
  ends: Record<NeverLeft, End>,
  takesProxy = true,
): Partial<Record<NeverLeft, string>> {
  expect(Object.keys(ends)).toEqual(Object.keys(causes));
  const told = Object.entries(ends).filter(([cause]) => takesProxy || !cause.startsWith("proxy"));
  for (const [, { outcome, attempts }] of told) {
    expect(attempts).toBe(outcome === "not-sent" ? 2 : 1);
  }
  return Object.fromEntries(told.map(([cause, { outcome }]) => [cause, outcome]));
}
