import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redirectProblem } from "../../src/images/address.js";

const problemOf = (from: string, to: string) => redirectProblem(new URL(from), new URL(to));

describe("a redirect from a public host", () => {
  test.each([
    ["loopback", ["127.0.0.1", "127.255.0.9", "localhost", "localhost.", "app.localhost", "[::1]"]],
    ["the unspecified address", ["0.0.0.0", "[::]"]],
    ["private networks", ["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "[fd12::1]"]],
    ["link-local addresses", ["169.254.169.254", "[fe80::1]"]],
    ["IPv4 in other spellings", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1."]],
    ["IPv4 within IPv6", ["[::ffff:127.0.0.1]", "[64:ff9b::10.0.0.1]", "[2002:a00:1::]"]],
    ["names of a local network", ["intranet", "printer.local", "db.internal.", "nas.home.arpa"]],
  ])("is not followed to %s", (_kind, hosts) => {
    for (const host of hosts) {
      expect(problemOf("https://cdn.example.com/a", `https://${host}/a`)).toBe(
        "to a host without a public name",
      );
    }
  });

  test("is not followed to any IP address, however it is written", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4Extended(),
          fc.ipV6().map((ip) => `[${ip}]`),
        ),
        (host) => {
          fc.pre(URL.canParse(`https://${host}/`));
          expect(problemOf("https://cdn.example.com/a", `https://${host}/`)).toBeDefined();
        },
      ),
    );
  });

  test.each([
    "other.example.com",
    "localhost.example.com",
    "a.local.example.com",
    "xn--bcher-kva.example",
    "example.xn--p1ai",
    "a.b.co.",
  ])("is followed to %s", (host) => {
    expect(problemOf("https://cdn.example.com/a", `https://${host}/a`)).toBeUndefined();
  });
});

describe("a redirect", () => {
  test.each([
    ["https://cdn.example.com/a", "http://cdn.example.com/a", "to an unencrypted address"],
    ["https://localhost/a", "http://localhost/a", "to an unencrypted address"],
    ["https://cdn.example.com/a", "ftp://cdn.example.com/a", "to an unencrypted address"],
    ["http://127.0.0.1:4010/a", "https://10.0.0.1/a", "to a host without a public name"],
    ["https://10.0.0.1/a", "https://10.0.0.2/a", "to a host without a public name"],
    ["https://10.0.0.1/a", "https://10.0.0.1:8443/a", undefined],
    ["http://127.0.0.1:4010/a", "http://localhost:4010/b", undefined],
    ["http://127.0.0.1:4010/a", "https://cdn.example.com/a", undefined],
  ])("from %s to %s: %s", (from, to, problem) => {
    expect(problemOf(from, to)).toBe(problem);
  });
});
