import { randomUUID } from "node:crypto";
import { Refusal } from "../api/refusal.js";
import type { Account } from "./keys.js";

export type Mode = "persona" | "style";
type TrainingStatus = "processing" | "completed" | "failed";

/** A persona or style. */
export interface Pikzonality {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  readonly createdAt: number;
  /** The request that created it, and who pays for it. */
  readonly requestId: string;
  readonly account: Account;
  specialInstructions: string | null;
  /** Its training will end, or has ended, as failed. */
  fails: boolean;
}

export interface Training {
  status: TrainingStatus;
  /** Percent. */
  progress: number;
}

/** A training that fails does so when this much of it is done. */
const failsAtPercent = 60;

/** The personas and styles of the account, and how far their training is. */
export class Pikzonalities {
  readonly #byId = new Map<string, Pikzonality>();
  readonly #reserved: ReadonlySet<string>;
  readonly #trainingMs: number;
  readonly #now: () => number;
  /** Those that will fail, or have failed unnoticed. */
  readonly #pending = new Set<Pikzonality>();
  #failing = 0;

  constructor(options: { now: () => number; trainingMs: number; reservedNames: string[] }) {
    this.#now = options.now;
    this.#trainingMs = options.trainingMs;
    this.#reserved = new Set(options.reservedNames.map(comparable));
  }

  /** @throws {Refusal} `NAME_RESERVED` or `NAME_ALREADY_EXISTS`. */
  checkName(name: string): void {
    const wanted = comparable(name);
    if (this.#reserved.has(wanted)) throw new Refusal("NAME_RESERVED");
    for (const other of this.#byId.values())
      if (comparable(other.name) === wanted) throw new Refusal("NAME_ALREADY_EXISTS");
  }

  create(mode: Mode, name: string, requestId: string, account: Account): Pikzonality {
    const fails = this.#failing > 0;
    if (fails) this.#failing--;
    const created: Pikzonality = {
      id: randomUUID(),
      name,
      mode,
      createdAt: this.#now(),
      requestId,
      account,
      specialInstructions: null,
      fails,
    };
    this.#byId.set(created.id, created);
    if (fails) this.#pending.add(created);
    return created;
  }

  /** @throws {Refusal} `NOT_FOUND`. */
  get(id: string): Pikzonality {
    const found = this.#byId.get(id.toLowerCase());
    if (!found) throw new Refusal("NOT_FOUND");
    return found;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  training({ createdAt, fails }: Pikzonality): Training {
    const elapsed = this.#now() - createdAt;
    const done = this.#trainingMs > 0 ? (elapsed / this.#trainingMs) * 100 : 100;
    const progress = Math.min(Math.floor(done), 100);
    if (fails && progress >= failsAtPercent) return { status: "failed", progress: failsAtPercent };
    return { status: progress === 100 ? "completed" : "processing", progress };
  }

  /** @throws {Refusal} `CANNOT_DELETE_PROCESSING`. */
  delete(pikzonality: Pikzonality): void {
    if (this.training(pikzonality).status === "processing")
      throw new Refusal("CANNOT_DELETE_PROCESSING");
    this.#byId.delete(pikzonality.id);
  }

  /** A training that is under way fails. */
  fail(pikzonality: Pikzonality): void {
    pikzonality.fails = true;
    this.#pending.add(pikzonality);
  }

  /** The next `times` trainings fail. */
  failNext(times: number): void {
    this.#failing += times;
  }

  /** Those whose training has failed since the last call. */
  takeNewlyFailed(): Pikzonality[] {
    const failed = [...this.#pending].filter((one) => this.training(one).status === "failed");
    for (const one of failed) this.#pending.delete(one);
    return failed;
  }
}

/** Names that differ in case or white space only are the same name. */
function comparable(name: string): string {
  return name.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
