import type { JsonObject } from "../../openapi/json.js";
import { Refusal } from "../api/refusal.js";
import { newResourceId } from "../document/resource-ids.js";
import type { ResourceType } from "../document/resources.js";
import type { Account } from "./keys.js";

/** Something that was created by a request, such as a persona or style. */
export interface Resource {
  readonly id: string;
  readonly type: ResourceType;
  /** Its kind within the type: `persona`. */
  readonly label: string | undefined;
  readonly createdAt: number;
  /** The request that created it, and the account that pays for it. */
  readonly requestId: string;
  readonly account: Account;
  /** The fields that requests have set. */
  readonly fields: JsonObject;
  /** Its training will end, or has ended, as failed. */
  fails: boolean;
}

export interface Training {
  status: "processing" | "completed" | "failed";
  /** Percent. */
  progress: number;
}

export type NewResource = Pick<Resource, "type" | "label" | "requestId" | "account" | "fields">;

/** How far a training gets before it fails. */
const FAILS_AT_PERCENT = 60;

/** All created resources, and the progress of their trainings. */
export class Resources {
  readonly #byId = new Map<string, Resource>();
  readonly #reserved: ReadonlySet<string>;
  readonly #trainingMs: number;
  readonly #now: () => number;
  /** Trainings that will fail, or have failed unnoticed. */
  readonly #pending = new Set<Resource>();
  #failing = 0;
  #created = 0;

  constructor(options: {
    now: () => number;
    trainingMs: number;
    reservedNames: readonly string[];
  }) {
    this.#now = options.now;
    this.#trainingMs = options.trainingMs;
    this.#reserved = new Set(options.reservedNames.map(comparable));
  }

  /** Why a name cannot be used for a new resource; `undefined` if it can. */
  nameConflict(type: ResourceType, name: string): "reserved" | "taken" | undefined {
    const wanted = comparable(name);
    if (this.#reserved.has(wanted)) return "reserved";
    const isTaken = this.list(type).some(({ fields }) => {
      const { name: other } = fields;
      return typeof other === "string" && comparable(other) === wanted;
    });
    return isTaken ? "taken" : undefined;
  }

  create(resource: NewResource): Resource {
    const fails = this.#failing > 0 && resource.type.lifecycle !== undefined;
    if (fails) this.#failing--;
    const id = newResourceId(resource.type.idSchema, this.#created++);
    const created = { ...resource, id, createdAt: this.#now(), fails };
    this.#byId.set(id.toLowerCase(), created);
    if (fails) this.#pending.add(created);
    return created;
  }

  /** @throws {Refusal} `NOT_FOUND`. */
  get(id: string): Resource {
    const found = this.#byId.get(id.toLowerCase());
    if (!found) throw new Refusal("NOT_FOUND");
    return found;
  }

  has(id: string): boolean {
    return this.#byId.has(id.toLowerCase());
  }

  /** Those of a type, oldest first. */
  list(type: ResourceType): Resource[] {
    return [...this.#byId.values()].filter((resource) => resource.type.path === type.path);
  }

  training({ createdAt, fails, type }: Resource): Training {
    if (!type.lifecycle) return { status: "completed", progress: 100 };
    const elapsed = this.#now() - createdAt;
    const done = this.#trainingMs > 0 ? (elapsed / this.#trainingMs) * 100 : 100;
    const progress = Math.min(Math.floor(done), 100);
    if (fails && progress >= FAILS_AT_PERCENT)
      return { status: "failed", progress: FAILS_AT_PERCENT };
    return { status: progress === 100 ? "completed" : "processing", progress };
  }

  delete({ id }: Resource): void {
    this.#byId.delete(id.toLowerCase());
  }

  /** Makes a running training fail. */
  fail(resource: Resource): void {
    resource.fails = true;
    this.#pending.add(resource);
  }

  /** Makes the next `times` trainings fail. */
  failNext(times: number): void {
    this.#failing += times;
  }

  /** Those whose training has failed since the last call. */
  takeNewlyFailed(): Resource[] {
    const failed = [...this.#pending].filter((one) => this.training(one).status === "failed");
    for (const one of failed) this.#pending.delete(one);
    return failed;
  }
}

/** Names that differ only in case or white space count as the same. */
function comparable(name: string): string {
  return name.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
