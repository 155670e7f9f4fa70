import { PikzelsInputError } from "../errors/input-error.js";

/** Passes a number of milliseconds above 0. @throws {PikzelsInputError} for any other value. */
export function checkedMs(name: string, value: number | undefined): number | undefined {
  if (value === undefined || value > 0) return value;
  throw new PikzelsInputError(`${name} must be a number of milliseconds above 0.`);
}

/** Passes a whole number from `least` on. @throws {PikzelsInputError} for any other value. */
export function checkedCount<Value extends number | undefined>(
  name: string,
  value: Value,
  least = 0,
): Value {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
  throw new PikzelsInputError(`${name} must be a whole number from ${least} on.`);
}
