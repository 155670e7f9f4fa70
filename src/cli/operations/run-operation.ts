import { createPikzels, type Pikzels } from "pikzels-client";
import { objectAt } from "../../openapi/json.js";
import { InterruptedError, UsageError } from "../errors.js";
import { ExitCode } from "../exit-code.js";
import { trackCall, type CallTracker } from "../terminal/call-tracker.js";
import { colorsFor } from "../terminal/colors.js";
import { showActivity, type Activity } from "../terminal/activity.js";
import type { Terminal } from "../terminal/terminal.js";
import { printable } from "../terminal/text.js";
import { answerLines } from "./answer-lines.js";
import { contentOf, printContent, saveContent, type Content } from "./content.js";
import { fileReaders, readGiven } from "./given.js";
import { invoke, waitFor } from "./invoke.js";
import type { ApiOperation } from "./operations.js";
import { checkTarget, picturesIn, savePictures } from "./pictures.js";
import { dollars } from "./price-list.js";
import { costOf } from "./prices.js";
import { buildRequest, type ApiRequest } from "./request.js";

/** The flags of an operation: those that each has, and its own by the names of inputs. */
export interface Flags extends Readonly<Record<string, unknown>> {
  readonly body?: string;
  readonly save?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
  /** In seconds. */
  readonly timeout?: number;
  readonly baseUrl?: string;
}

/**
 * Calls an operation with what was typed, and prints or saves its answer.
 *
 * @returns The exit code of a success.
 */
export async function runOperation(
  operation: ApiOperation,
  positionals: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const readers = fileReaders(terminal);
  const { values, rest, notes } = await readGiven(operation, positionals, flags, readers.readBody);
  await checkDestination(operation, flags, terminal);
  const request = await buildRequest(operation, values, readers, rest);
  for (const note of notes) terminal.stderr.write(`${printable(note)}\n`);
  await call(request, flags, terminal);
  return ExitCode.done;
}

/** Checks that there is a place for the answer before anything is paid for. */
async function checkDestination(
  { facts }: ApiOperation,
  { save }: Flags,
  { stdout }: Terminal,
): Promise<void> {
  if (save !== undefined) await checkTarget(save);
  else if (facts.answer === "binary" && stdout.isTTY === true) {
    throw new UsageError("The answer is a file: give --save FILE, or pipe it. Nothing was sent.");
  }
}

/** Sends the request and handles its answer; ends at once when interrupted. */
async function call(request: ApiRequest, flags: Flags, terminal: Terminal): Promise<void> {
  const tracker = trackCall();
  const pikzels = createPikzels({
    onEvent: tracker.onEvent,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
    baseUrl: flags.baseUrl,
  });
  const interrupt = new AbortController();
  const forget = terminal.onInterrupt(() => {
    interrupt.abort(new InterruptedError(interruptedMessage(request, tracker)));
  });
  const { signal } = interrupt;
  try {
    const answer = await send(pikzels, request, flags, signal, terminal);
    const content = contentOf(request.operation, answer);
    if (content === undefined) await giveAnswer(answer, request, flags, terminal, signal);
    else await giveContent(content, flags, terminal);
  } finally {
    forget();
  }
}

/** @returns The answer or, with `--wait`, what came of what the request has started. */
async function send(
  pikzels: Pikzels,
  request: ApiRequest,
  flags: Flags,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<unknown> {
  const activity = showActivity(request.operation.words.join(" "), terminal.stderr);
  let answer: unknown;
  try {
    answer = await invoke(pikzels, request, { signal });
    return flags.wait === true ? await follow(pikzels, request, answer, signal, activity) : answer;
  } catch (error) {
    activity.stop();
    // What was created has been paid for: its id is printed, however waiting for it ended.
    if (answer !== undefined) print(answer, request, flags.json === true, terminal);
    throw error;
  } finally {
    activity.stop();
  }
}

async function follow(
  pikzels: Pikzels,
  { operation, ids }: ApiRequest,
  answer: unknown,
  signal: AbortSignal,
  activity: Activity,
): Promise<unknown> {
  const id = (ids[0] ?? objectAt(answer)["id"]) as string;
  return waitFor(pikzels, operation, id, {
    signal,
    onProgress: (percent) => {
      activity.progress(percent);
    },
  });
}

async function giveAnswer(
  answer: unknown,
  request: ApiRequest,
  { save, json }: Flags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  print(answer, request, json === true, terminal);
  if (save !== undefined) await savePictures(picturesIn(answer), save, terminal, signal);
}

async function giveContent(
  content: Content,
  { save }: Flags,
  { stdout, stderr }: Terminal,
): Promise<void> {
  if (save === undefined) {
    await printContent(content, stdout);
    return;
  }
  await saveContent(content, save);
  stderr.write(`Saved ${printable(save)}\n`);
}

function interruptedMessage({ operation, body }: ApiRequest, tracker: CallTracker): string {
  const { method } = operation.facts;
  if (tracker.state === "not-sent") return "Interrupted. Nothing was sent.";
  if (tracker.state === "answered") return interruptedLater(operation);
  if (method === "GET") return "Interrupted. Reading does no harm: run it again.";
  const cost = costOf({ operation, body });
  const amount = cost ? ` (${dollars(cost)})` : "";
  return `Interrupted while the request was under way: it may have been processed and billed${amount}. Check before sending it again.`;
}

function interruptedLater({ givesContent }: ApiOperation): string {
  return givesContent
    ? "Interrupted before the answer was whole; the call may have been billed."
    : "Interrupted while waiting. What was started goes on.";
}

function print(answer: unknown, request: ApiRequest, asJson: boolean, terminal: Terminal): void {
  if (asJson) {
    terminal.stdout.write(`${JSON.stringify(answer ?? null, null, 2)}\n`);
    return;
  }
  const cost = costOf(request);
  const added = cost && cost.high > 0 ? [["cost", dollars(cost)] as const] : [];
  const lines = answerLines(answer, colorsFor(terminal.stdout), added);
  terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
