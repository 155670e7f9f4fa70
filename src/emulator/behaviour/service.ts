import { randomUUID } from "node:crypto";
import { behaviour } from "../../generated/behaviour.js";
import type { JsonObject } from "../../openapi/json.js";
import { Refusal, validationError } from "../api/refusal.js";
import type { Operation } from "../document/operations.js";
import { allowsUuids } from "../document/resource-ids.js";
import { isCreatable, type ResourceType, type Role } from "../document/resources.js";
import type { EmulatorState } from "../state/emulator-state.js";
import type { Account } from "../state/keys.js";
import type { Resource } from "../state/resources.js";

/** A request that is valid according to the document. */
export interface Call {
  requestId: string;
  operation: Operation;
  role: Role;
  pathParameters: Record<string, string>;
  body: JsonObject;
  account: Account;
  /** The origin of addresses in the answer: `http://127.0.0.1:4010`. */
  origin: string;
  /** The media types that the client asks for. */
  accept: string;
}

/** The result of a call: the resource it is about, or the list of those it found. */
export interface Outcome {
  resource?: Resource;
  list?: Resource[];
}

/**
 * Refuses what the document allows but the service does not. Changes nothing.
 *
 * @throws {Refusal} With the code of the broken rule.
 */
export function checkRules(call: Call, state: EmulatorState): void {
  checkExclusions(call.body, state);
  checkReferences(call.body, state);
  if (call.role.does === "create") checkName(call.role.type, call.body, state);
}

/**
 * Does the operation's work: creates, reads, updates, lists or deletes a resource. Any other
 * operation changes no stored state.
 *
 * @throws {Refusal} `NOT_FOUND`, `CANNOT_DELETE_PROCESSING`, or a name's conflict.
 */
export function perform(call: Call, state: EmulatorState): Outcome {
  const { role, body, requestId, account } = call;
  const { resources } = state;
  if (role.does === "work") return {};
  const { type } = role;
  switch (role.does) {
    case "create":
      // Another request may have taken the name meanwhile: it is claimed only now.
      checkName(type, body, state);
      return {
        resource: resources.create({
          type,
          label: role.label,
          requestId,
          account,
          fields: { ...body },
        }),
      };
    case "list":
      return { list: resources.list(type) };
    case "read":
      return isCreatable(type, state.roles) ? { resource: find(call, type, state) } : {};
    case "update": {
      if (!isCreatable(type, state.roles)) return {};
      const resource = find(call, type, state);
      Object.assign(resource.fields, body);
      return { resource };
    }
    case "delete": {
      if (!isCreatable(type, state.roles)) return {};
      const resource = find(call, type, state);
      const isProcessing = resources.training(resource).status === "processing";
      if (isProcessing && state.publishes("CANNOT_DELETE_PROCESSING"))
        throw new Refusal("CANNOT_DELETE_PROCESSING");
      resources.delete(resource);
      return { resource };
    }
  }
}

function find({ pathParameters }: Call, { idParameter, path }: ResourceType, state: EmulatorState) {
  const resource = state.resources.get(pathParameters[idParameter] ?? "");
  if (resource.type.path !== path) throw new Refusal("NOT_FOUND");
  return resource;
}

function checkName(type: ResourceType, { name }: JsonObject, state: EmulatorState): void {
  if (typeof name !== "string") return;
  const conflict = state.resources.nameConflict(type, name);
  const code = { reserved: "NAME_RESERVED", taken: "NAME_ALREADY_EXISTS" };
  if (conflict && state.publishes(code[conflict])) throw new Refusal(code[conflict]);
}

/** Fields that a value of another field excludes, such as a support image with an older model. */
function checkExclusions(body: JsonObject, state: EmulatorState): void {
  for (const { fields, by, values, code } of behaviour.exclusions) {
    const value = String(body[by]);
    const [field] = fields.filter((name) => body[name] !== undefined);
    if (field === undefined || !values.some((excluded) => excluded === value)) continue;
    if (!state.publishes(code)) continue;
    if (code !== "VALIDATION_ERROR") throw new Refusal(code);
    throw validationError({ field, message: `Provide no ${field}: ${by} ${value} takes none` });
  }
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Fields named after a kind of resource (`persona`) or its parameter (`job_id`) hold an id of one. */
function checkReferences(body: JsonObject, state: EmulatorState): void {
  for (const [field, value] of Object.entries(body)) {
    if (typeof value !== "string" && typeof value !== "number") continue;
    const id = String(value);
    const type = state.resourceTypes.find(
      ({ labels, idParameter }) =>
        labels.includes(field) || (field === idParameter && idParameter !== "id"),
    );
    if (!type || !isCreatable(type, state.roles)) continue;
    const codeOfMalformed = `INVALID_${field.toUpperCase()}`;
    const isMalformed = allowsUuids(type.idSchema) && !UUID.test(id);
    if (isMalformed && state.publishes(codeOfMalformed)) throw new Refusal(codeOfMalformed);
    const resource = state.resources.get(id);
    const isOther = type.labels.includes(field) && resource.label !== field;
    if (resource.type.path !== type.path || isOther) throw new Refusal("NOT_FOUND");
    if (state.resources.training(resource).status !== "completed")
      throw new Refusal("CONFLICT", { message: `The training of the ${field} has not completed.` });
  }
}

/** An id for something that is created but not stored. */
export function newId(): string {
  return randomUUID();
}
