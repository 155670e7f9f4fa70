import fc from "fast-check";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { fragmentName } from "../../scripts/pull/fragment-name.js";

test.each([
  ["POST", "/v2/pikzonality/style", "post_v2_pikzonality_style.yaml"],
  ["DELETE", "/v2/pikzonality/{id}", "delete_v2_pikzonality_id.yaml"],
  ["GET", "/users/{user-id}/repos:search", "get_users_user-id_repos_search.yaml"],
  ["GET", "/../../etc/passwd", "get_etc_passwd.yaml"],
  ["GET", "/a\\..\\b%2f..%2fc\u0000", "get_a_b_2f_2fc.yaml"],
])("%s %s → %s", (method, path, name) => {
  expect(fragmentName({ kind: "operation", method, path })).toBe(name);
});

test("the fragment of the root is named after its method only, so that it cannot clash with /root", () => {
  expect(fragmentName({ kind: "operation", method: "GET", path: "/" })).toBe("get.yaml");
});

test("the fragment of a webhook is named as one", () => {
  const name = fragmentName({ kind: "webhook", name: "order.created" });
  expect(name).toBe("webhook_order_created.yaml");
});

test.each(["/{}", "/../..", `/${"long/".repeat(100)}`])(
  "the fragment of %s gets a hash, because its words do not identify it",
  (path) => {
    const name = fragmentName({ kind: "operation", method: "GET", path });
    expect(name).toMatch(/^get[\w-]*-[0-9a-f]{8}\.yaml$/);
  },
);

test("a fragment's file stays inside its folder, whatever the path", () => {
  const paths = fc.array(
    fc.oneof(fc.constantFrom("..", ".", "/", "\\", "%2e", "{", "C:"), fc.string()),
  );
  fc.assert(
    fc.property(paths, (parts) => {
      const name = fragmentName({ kind: "operation", method: "GET", path: `/${parts.join("/")}` });
      expect(basename(name)).toBe(name);
      expect(name).toMatch(/^get[\w-]*\.yaml$/);
      expect(name.length).toBeLessThanOrEqual(200);
    }),
  );
});
