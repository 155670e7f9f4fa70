import { join } from "node:path";
import { createPikzels, isPikzelsApiError, isPikzelsError, type Pikzels } from "pikzels-client";
import type { Emulator } from "pikzels-client/emulator";
import { downloadTo } from "pikzels-client/node";
import { isObject } from "../../src/openapi/json.js";
import { mayBeCreatedAt, type ExampleCall } from "./example-calls.js";
import { narrator, progressBar } from "./narrator.js";
import { bothImages } from "./wrong-body.js";

/** Calls every operation of the spec with its own example, and says what each call costs. */
export async function takeTour(
  emulator: Emulator,
  folder: string,
  calls: readonly ExampleCall[],
): Promise<void> {
  const pikzels = createPikzels({ apiKey: "pkz_demo_0123456789", baseUrl: emulator.url });
  const created: Created[] = [];
  for (const call of calls) {
    const before = emulator.ledger.total;
    const answer = await callMethod(pikzels, call, created);
    const cost = emulator.ledger.total - before;
    const price = cost > 0 ? ` (${cost.toFixed(2)} USD)` : "";
    narrator.tell(`${call.facts.name}: ${inBrief(answer)}${price}`);
    await followUp(answer, pikzels, folder);
  }
  await showInputError(pikzels, calls);
  await showNotFound(pikzels, calls, created);
  const { total, charges } = emulator.ledger;
  narrator.tell(`${charges.length} calls were charged, ${total.toFixed(2)} USD in all`);
}

/** The id that a call created, and the path of that call. */
interface Created {
  id: string;
  path: string;
}

type AnyMethod = (...args: unknown[]) => Promise<unknown>;

/** The tour follows the spec, so the methods are only known at run time. */
function methodOf(pikzels: Pikzels, name: string): AnyMethod {
  const [group = "", method = ""] = name.split(".");
  const methods = pikzels as unknown as Record<string, Record<string, AnyMethod>>;
  const found = methods[group]?.[method];
  if (!found) throw new Error(`the client has no method ${name}`);
  return found;
}

async function callMethod(
  pikzels: Pikzels,
  { facts, args }: ExampleCall,
  created: Created[],
): Promise<unknown> {
  const latest = latestOf(facts.path, created);
  if (latest !== undefined && facts.readiness)
    await waitUntilReady(pikzels, facts.readiness.name, latest);
  const own = latest === undefined ? args : [latest, ...args.slice(1)];
  const answer = await methodOf(pikzels, facts.name)(...own);
  const id = isObject(answer) ? answer["id"] : undefined;
  if (facts.method === "POST" && typeof id === "string") created.push({ id, path: facts.path });
  return answer;
}

/** The latest id that may be one of the items that a path is about. */
function latestOf(path: string, created: readonly Created[]): string | undefined {
  return created.findLast((one) => mayBeCreatedAt(path, one.path))?.id;
}

async function waitUntilReady(pikzels: Pikzels, name: string, id: string): Promise<void> {
  const bar = progressBar("training");
  const wait = methodOf(pikzels, name);
  await wait(id, {
    intervalMs: 250,
    onProgress: (percent: number) => {
      bar.update(percent);
    },
  });
  bar.stop();
}

/** Saves an image, as programs must before its address expires. */
async function followUp(answer: unknown, pikzels: Pikzels, folder: string): Promise<void> {
  const output = isObject(answer) ? answer["output"] : undefined;
  if (typeof output !== "string" || !URL.canParse(output)) return;
  const { size } = await pikzels.download({ output });
  const file = join(folder, "output.png");
  await downloadTo({ output }, file);
  narrator.tell(`  saved before it expires: ${size} bytes in ${file}`);
}

async function showInputError(pikzels: Pikzels, calls: readonly ExampleCall[]): Promise<void> {
  const wrong = bothImages(calls);
  if (!wrong) return;
  try {
    // JavaScript callers can do this, because no compiler stops them.
    await methodOf(pikzels, wrong.facts.name)(wrong.body);
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    narrator.refused(`at run time, nothing sent: ${error.message}`);
  }
}

async function showNotFound(
  pikzels: Pikzels,
  calls: readonly ExampleCall[],
  created: readonly Created[],
): Promise<void> {
  const read = calls.find(({ facts }) => facts.readiness && latestOf(facts.path, created));
  if (!read) return;
  const id = "00000000-0000-4000-8000-000000000000";
  try {
    await methodOf(pikzels, read.facts.name)(id);
  } catch (error) {
    if (!isPikzelsApiError(error)) throw error;
    narrator.refused(`${error.status} ${String(error.code)}: ${error.meaning}`);
  }
}

function inBrief(answer: unknown): string {
  if (answer === undefined) return "done";
  if (answer instanceof Blob) return `${answer.size} bytes`;
  if (answer instanceof ReadableStream) return "a stream";
  const text = JSON.stringify(answer);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
