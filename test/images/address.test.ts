import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLocalHost, redirectProblem } from "../../src/images/address.js";

const hostOf = (address: string) => new URL(`https://${address}/`).hostname;

describe("isLocalHost", () => {
  test.each([
    ["loopback", ["127.0.0.1", "127.255.0.9", "localhost", "localhost.", "app.localhost", "[::1]"]],
    ["the unspecified address", ["0.0.0.0", "[::]"]],
    ["private networks", ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "[fd12::1]"]],
    ["link-local addresses", ["169.254.169.254", "[fe80::1]", "[febf::1]"]],
    ["carrier-grade NAT", ["100.64.0.1", "100.127.255.255"]],
    [
      "benchmarks, multicast and reserved addresses",
      ["198.18.0.1", "224.0.0.1", "255.255.255.255", "[ff02::1]"],
    ],
    ["IPv4 in other spellings", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1."]],
    [
      "IPv4 within IPv6",
      [
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:a00:1::]",
        "[::ffff:0:192.168.0.1]",
      ],
    ],
    ["names of a local network", ["intranet", "printer.local", "db.internal", "nas.home.arpa"]],
  ])("knows %s", (_kind, addresses) => {
    expect(addresses.filter((address) => !isLocalHost(hostOf(address)))).toEqual([]);
  });

  test("takes nothing public for local", () => {
    const addresses = [
      "cdn.pikzels.com",
      "8.8.8.8",
      "172.15.0.1",
      "172.32.0.1",
      "100.128.0.1",
      "192.0.2.1",
      "[2606:4700::1111]",
      "[::ffff:8.8.8.8]",
      "[2002:808:808::]",
      "localhost.example.com",
    ];
    expect(addresses.filter((address) => isLocalHost(hostOf(address)))).toEqual([]);
  });

  test("judges an IPv4 address alike in each form that a URL may have it in", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
        const decimal = String(((a * 256 + b) * 256 + c) * 256 + d);
        const forms = [address, decimal, `[::ffff:${address}]`, `[64:ff9b::${address}]`];
        const verdicts = new Set(forms.map((form) => isLocalHost(hostOf(form))));
        expect(verdicts.size).toBe(1);
      }),
    );
  });
});

describe("redirectProblem", () => {
  test.each([
    ["https://cdn.example.com/a", "https://10.0.0.1/a", "to a private address"],
    ["https://cdn.example.com/a", "http://localhost:4010/a", "to a private address"],
    ["https://cdn.example.com/a", "http://cdn.example.com/a", "to an unencrypted address"],
    ["https://localhost/a", "http://localhost/a", "to an unencrypted address"],
    ["https://cdn.example.com/a", "ftp://cdn.example.com/a", "to an unencrypted address"],
    ["https://cdn.example.com/a", "https://other.example.com/a", undefined],
    ["http://127.0.0.1:4010/a", "http://localhost:4010/b", undefined],
    ["http://127.0.0.1:4010/a", "https://cdn.example.com/a", undefined],
  ])("from %s to %s: %s", (from, to, problem) => {
    expect(redirectProblem(new URL(from), new URL(to))).toBe(problem);
  });
});
