import { expect, test } from "vitest";
import { addressesOf, missingAddresses } from "../../scripts/release/addresses.js";

const addresses = {
  repository: { type: "git", url: "git+https://github.com/ada/client.git" },
  homepage: "https://github.com/ada/client#readme",
  bugs: "https://github.com/ada/client/issues",
};

test.each([
  "https://github.com/ada/client",
  "https://github.com/ada/client/",
  "git+https://github.com/ada/client.git",
])("every address of a package is derived from its repository, written as %s", (repository) => {
  expect(addressesOf(repository)).toEqual(addresses);
});

test.each(["", "ada/client", "http://github.com/ada/client", "https://github.com/ada"])(
  "%j is not the address of a repository",
  (repository) => {
    expect(addressesOf(repository)).toBeUndefined();
  },
);

test("a manifest without a repository is not publishable, and the message says what to run", () => {
  expect(missingAddresses({ name: "client" })).toEqual([
    expect.stringContaining("npm run release -- --repository"),
  ]);
});

test("a manifest whose addresses are all derived from its repository may be published", () => {
  expect(missingAddresses(addresses)).toEqual([]);
});

test("an address that belongs to another repository is reported", () => {
  expect(missingAddresses({ ...addresses, bugs: "https://example.com" })).toEqual([
    expect.stringMatching(/^package\.json: bugs .*\/ada\/client\/issues$/),
  ]);
});
