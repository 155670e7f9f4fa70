import { expect, test } from "vitest";
import { confirmation } from "../../scripts/docs/readme.js";
import { optionsTable } from "../../scripts/docs/options-table.js";

const sources = (...kinds: string[]) => ({
  fragments: Object.fromEntries(kinds.map((kind, index) => [`${index}.yaml`, { kind }])),
});

test("the README spells out how many operations are transcribed", () => {
  expect(confirmation(sources("verbatim", "transcribed", "transcribed"))).toMatch(
    /^\*\*Two of three operations are transcribed and not yet confirmed\*\*/,
  );
});

test("the README says how to check the transcribed operations, until the service has confirmed them", () => {
  const transcribed = { kind: "transcribed" };
  const confirmed = { ...transcribed, confirmed: { date: "2026-11-27", facts: ["needs a key"] } };
  const some = confirmation({ fragments: { a: transcribed, b: confirmed } });
  expect(some).toMatch(
    /^\*\*Two of two .* not yet confirmed\*\*.*`npm run probe` asks the service/,
  );
  const all = confirmation({ fragments: { a: confirmed, b: confirmed } });
  expect(all).toMatch(/^Two of two operations are transcribed; what the service confirmed/);
});

test("the README says that the whole spec is published, once it is", () => {
  expect(confirmation(sources("verbatim"))).toMatch(/^Every operation .* published/);
});

test("the table of options shows the default and first sentence of each", () => {
  const table = optionsTable();
  expect(table).toMatch(/^\| `maxRetries` \| 2 \| How many times/m);
  expect(table).toMatch(/^\| `fetch` \| global `fetch` \| Sends the requests/m);
});
