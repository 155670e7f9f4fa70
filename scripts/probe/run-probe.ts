import { setTimeout as delay } from "node:timers/promises";
import { loadSpec } from "../generate/load-spec.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { listAt, objectAt } from "../../src/openapi/json.js";
import type { CommandOption, OptionValues } from "../lib/command.js";
import { InputError } from "../lib/input-error.js";
import { startProgress } from "../lib/progress.js";
import { SourcesFile } from "../lib/sources-file.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { ask, checkCannotBeBilled, type Service } from "./ask.js";
import { codeOf, judge, type Finding } from "./judge.js";
import { planProbes, type Probe } from "./plan.js";
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
 * Asks a service what its document claims, one request at a time.
 *
 * @returns the exit code: 0, or 1 if something is contradicted.
 * @throws {InputError} if the options are bad, there is no key, or the service cannot be asked.
 */
export async function runProbe(values: OptionValues<typeof probeOptions>): Promise<number> {
  const { document } = await loadSpec(values.spec);
  const probes = planProbes(document);
  for (const probe of probes) checkCannotBeBilled(document, probe);
  if (values["dry-run"]) {
    print(planLines(probes));
    return 0;
  }
  const service = readService(document, values["base-url"], values["pace-ms"]);
  const progress = startProgress("Asking", probes.length);
  const findings = await askAll(document, probes, service, progress.step).finally(progress.stop);
  print([...reportLines(findings), summaryLine(findings)]);
  if (values.write) await record(findings, values.sources);
  return findings.some(({ verdict }) => verdict === "contradicted") ? 1 : 0;
}

/**
 * Asks every question, one after the other.
 *
 * @throws {InputError} if the service cannot be reached or refuses the key.
 */
export async function askAll(
  document: JsonObject,
  probes: readonly Probe[],
  service: Service,
  onAnswer: (what: string) => void = () => undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const listing = new Set<string>();
  let hasMissedKey = false;
  for (const [index, probe] of probes.entries()) {
    if (index > 0) await service.delay(service.paceMs);
    checkCannotBeBilled(document, probe);
    const answer = await ask(probe, service);
    if (probe.key === "own" && answer.status === 401) {
      const code = codeOf(answer);
      if (code !== "MISSING_API_KEY")
        throw new InputError(
          `the service refuses the key (${code ?? answer.status}); nothing more can be asked`,
        );
      if (!hasMissedKey)
        findings.push({
          operation: probe.operation.id,
          fact: "takes the key as the document says",
          verdict: "contradicted",
          reason: `${answer.status} ${code}, although the key was sent`,
          requestId: answer.requestId,
        });
      hasMissedKey = true;
    }
    const { id } = probe.operation;
    const finding = judge(document, probe, answer, listing.has(id));
    if (probe.expects.kind === "lists-all" && finding.verdict === "confirmed") listing.add(id);
    findings.push(finding);
    onAnswer(`${id}: ${probe.fact}`);
  }
  return findings;
}

function readService(document: JsonObject, baseUrl: string | undefined, pace: string): Service {
  const { url } = objectAt(listAt(document, "servers")[0]);
  const address = baseUrl ?? (typeof url === "string" ? url : "");
  if (!URL.canParse(address)) throw new InputError(`--base-url must be an address, not ${address}`);
  const { protocol, hostname, origin } = new URL(address);
  const isLoopback = /^(?:127\.|\[::1\]$|localhost$)/.test(hostname);
  if (protocol !== "https:" && !isLoopback)
    throw new InputError("--base-url must be https://, except on loopback: the key is sent to it");
  const key = process.env["PIKZELS_API_KEY"];
  if (key === undefined || key === "")
    throw new InputError(
      "PIKZELS_API_KEY is not set; the probe needs a key, with which it sends nothing that can be billed",
    );
  const paceMs = Number(pace);
  if (!/^\d+$/.test(pace)) throw new InputError(`--pace-ms must be a whole number, not ${pace}`);
  return { origin, key, paceMs, fetch, delay: (ms) => delay(ms) };
}

/** Records the confirmed facts of each operation under its fragment's entry. */
async function record(findings: readonly Finding[], file: string): Promise<void> {
  const sources = await SourcesFile.read(file);
  const day = new Date().toISOString().slice(0, 10);
  const operations = new Set(findings.map(({ operation }) => operation));
  let count = 0;
  for (const operation of operations) {
    const facts = findings.filter(
      (finding) => finding.operation === operation && finding.verdict === "confirmed",
    );
    const texts = facts.map(({ fact }) => fact);
    if (texts.length > 0 && sources.recordConfirmed(`${operation}.yaml`, texts, day))
      count += texts.length;
  }
  await writeFileAtomically(file, sources.toString());
  print([`${file}: ${count} confirmed facts recorded`]);
}

function print(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
