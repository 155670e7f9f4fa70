import { valuesMissingFrom } from "../../src/openapi/equality.js";
import { toJsonText } from "../lib/json-text.js";

const MAX_LENGTH = 60;
const MAX_LISTED = 3;

/** Describes the values `here` and at another position: `30 here, 25 at b.yaml:12:9`. */
export function describeDifference(here: unknown, there: unknown, place: string): string {
  if (Array.isArray(here) && Array.isArray(there)) return describeLists(here, there, place);
  return `${brief(here)} here, ${brief(there)} at ${place}`;
}

function describeLists(here: unknown[], there: unknown[], place: string): string {
  const onlyHere = valuesMissingFrom(there, here);
  const onlyThere = valuesMissingFrom(here, there);
  if (onlyHere.length > 0 && onlyThere.length > 0) {
    return `${listed(onlyHere)} only here, ${listed(onlyThere)} only at ${place}`;
  }
  if (onlyHere.length > 0) return `${listed(onlyHere)} here, but not at ${place}`;
  if (onlyThere.length > 0) return `without ${listed(onlyThere)}, which is at ${place}`;
  return `${here.length} items here, ${there.length} at ${place}`;
}

function listed(values: unknown[]): string {
  return enumerate(values.map(brief));
}

/** `a, b, c and 4 more` */
export function enumerate(names: string[]): string {
  const more = names.length - MAX_LISTED;
  const first = names.slice(0, MAX_LISTED).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}

function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = toJsonText(value, 0);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
