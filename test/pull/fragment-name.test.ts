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
  expect(fragmentName({ method, path })).toBe(name);
});

test.each(["/", "/{}", "/../..", `/${"long/".repeat(100)}`])("has no name for %s", (path) => {
  expect(fragmentName({ method: "GET", path })).toBeUndefined();
});

test("stays inside its folder, whatever the path", () => {
  const paths = fc.array(
    fc.oneof(fc.constantFrom("..", ".", "/", "\\", "%2e", "{", "C:"), fc.string()),
  );
  fc.assert(
    fc.property(paths, (parts) => {
      const name = fragmentName({ method: "GET", path: `/${parts.join("/")}` });
      if (name === undefined) return;
      expect(basename(name)).toBe(name);
      expect(name).toMatch(/^get_[\w-]+\.yaml$/);
      expect(name.length).toBeLessThanOrEqual(200);
    }),
  );
});
