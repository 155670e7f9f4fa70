import { setTimeout as delay } from "node:timers/promises";
import { readOperations } from "../../src/emulator/document/operations.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { baseUrlOf } from "../../src/openapi/servers.js";
import { isSafeToReach } from "../../src/wrappers/base-url.js";
import { redactKeys } from "../../src/wrappers/redact.js";
import type { CommandOption, OptionValues } from "../lib/command.js";
import { InputError } from "../lib/input-error.js";
import { loadSpec } from "../lib/load-spec.js";
import { startProgress } from "../lib/progress.js";
import { SourcesFile } from "../lib/sources-file.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { fragmentName } from "../pull/index.js";
import { ask, type Answer, type Service } from "./ask.js";
import { checkCannotBeBilled } from "./guard.js";
import { codeOf, judge, type Finding } from "./judge.js";
import { planProbes } from "./plan.js";
import type { Probe } from "./probe.js";
import { planLines, reportLines, summaryLine } from "./report.js";

export const probeOptions = {
  "base-url": {
    type: "string",
    value: "URL",
    help: "the service (default: the document's server)",
  },
  spec: {
    type: "string",
    value: "FILE",
    default: "spec/openapi.yaml",
    help: "the document whose claims are compared",
  },
  "dry-run": { type: "boolean", help: "sends nothing; shows every request" },
  write: { type: "boolean", help: "records in --sources what was confirmed" },
  sources: {
    type: "string",
    value: "FILE",
    default: "spec/sources.yaml",
    help: "where --write records it",
  },
  "pace-ms": {
    type: "string",
    value: "MS",
    default: "1000",
    help: "pause between two requests",
  },
} as const satisfies Record<string, CommandOption>;

/**
 * Asks a service about each claim of its document, one request at a time.
 *
 * @returns The exit code: 0, or 1 if something is contradicted.
 * @throws {InputError} If the options are bad, there is no key, or the service cannot be reached.
 *   Everything learned until then has been printed and recorded.
 */
export async function runProbe(values: OptionValues<typeof probeOptions>): Promise<number> {
  const { document } = await loadSpec(values.spec);
  const probes = planProbes(document);
  if (values["dry-run"]) {
    print(planLines(probes));
    return 0;
  }
  const service = readService(document, values["base-url"], values["pace-ms"]);
  const progress = startProgress("Asking", probes.length);
  const findings: Finding[] = [];
  try {
    for await (const finding of askAll(document, probes, service)) {
      findings.push(finding);
      progress.step(`${finding.operation}: ${finding.fact}`);
    }
  } finally {
    progress.stop();
    if (findings.length > 0) print([...reportLines(findings), summaryLine(findings)]);
    if (values.write) await record(document, findings, values.sources);
  }
  return findings.some(({ verdict }) => verdict === "contradicted") ? 1 : 0;
}

/**
 * Asks every question, one by one.
 *
 * @throws {InputError} If the service cannot be reached or refuses the key.
 */
export async function* askAll(
  document: JsonObject,
  probes: readonly Probe[],
  service: Service,
): AsyncGenerator<Finding> {
  const listing = new Set<string>();
  let hasMissedKey = false;
  for (const [index, probe] of probes.entries()) {
    if (index > 0) await service.delay(service.paceMs);
    checkCannotBeBilled(document, probe);
    const answer = await ask(probe, service);
    const { id } = probe.operation;
    if (probe.key === "own" && answer.status === 401) {
      const missed = missedKey(probe, answer);
      if (!hasMissedKey) yield missed;
      hasMissedKey = true;
    }
    const finding = judge(document, probe, answer, listing.has(id));
    if (probe.expects.kind === "lists-all" && finding.verdict === "confirmed") listing.add(id);
    yield finding;
  }
}

/**
 * The meaning of a 401 although the key was sent: the service looks for it somewhere else.
 *
 * @throws {InputError} If the service found the key and refuses it.
 */
function missedKey({ operation }: Probe, answer: Answer): Finding {
  const code = codeOf(answer);
  if (code !== "MISSING_API_KEY")
    throw new InputError(
      `the service refuses the key (${code ?? answer.status}); nothing more can be asked`,
    );
  return {
    operation: operation.id,
    fact: "takes the key as the document says",
    verdict: "contradicted",
    reason: `${answer.status} ${code}, although the key was sent`,
    requestId: answer.requestId,
  };
}

function readService(document: JsonObject, given: string | undefined, pace: string): Service {
  const address = given ?? baseUrlOf(document) ?? "";
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isSafeToReach(url) || /[?#]/.test(address) || url.username || url.password)
    throw new InputError(
      "--base-url must be an https address (http only on loopback) without user, query or fragment",
    );
  if (!/^\d+$/.test(pace))
    throw new InputError(`--pace-ms must be a whole number of milliseconds, not ${pace}`);
  const key = process.env["PIKZELS_API_KEY"] ?? "";
  if (key === "")
    throw new InputError(
      "PIKZELS_API_KEY is not set; the probe needs a key, with which it sends nothing that can be billed",
    );
  const baseUrl = url.href.replace(/\/+$/, "");
  return { baseUrl, key, paceMs: Number(pace), fetch, delay: (ms) => delay(ms) };
}

/** Records the confirmed facts of each operation in its fragment's entry. */
async function record(
  document: JsonObject,
  findings: readonly Finding[],
  file: string,
): Promise<void> {
  const sources = await SourcesFile.read(file);
  const day = new Date().toISOString().slice(0, 10);
  let count = 0;
  for (const operation of readOperations(document)) {
    const facts = findings
      .filter((one) => one.operation === operation.id && one.verdict === "confirmed")
      .map(({ fact }) => fact);
    const name = fragmentName({ kind: "operation", ...operation });
    if (facts.length > 0 && sources.recordConfirmed(name, facts, day)) count += facts.length;
  }
  if (count > 0) await writeFileAtomically(file, sources.toString());
  print([`${file}: ${count} confirmed facts recorded`]);
}

/** No answer of a service may put a key on the screen. */
function print(lines: string[]): void {
  process.stdout.write(redactKeys(lines.map((line) => `${line}\n`).join("")));
}
