import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pullPages, type PullOptions } from "../../scripts/pull/pull-pages.js";
import { fragment, fragmentPage } from "./fragment-page.js";
import { PUBLISHED, publishedBlock } from "./published-pages.js";
import { gate, redirectTo, respond, startSite, type Route } from "./site.js";

const published = (name: string) => readFile(`test/fixtures/docs/${name}`, "utf8");

/** Pulls a site of one good page and the pages under test. */
async function pull(routes: Record<string, Route>, options: Partial<PullOptions> = {}) {
  const site = await startSite({ "/good.md": fragmentPage("GET", "/good"), ...routes });
  const result = await pullPages({ index: site.index, ...options });
  return { site, result, names: result.fragments.map(({ fileName }) => fileName) };
}

/** Expects the good page to be pulled, and the other one to be reported by its address. */
function expectOneBadPage(
  { site, result, names }: Awaited<ReturnType<typeof pull>>,
  problem: string,
) {
  expect(names).toEqual(["get_good.yaml"]);
  expect(result.problems).toEqual([`${site.origin}/bad.md${problem}`]);
}

afterEach(() => {
  vi.useRealTimers();
});

describe("the published pages", () => {
  test("yield their two fragments verbatim, and the error codes", async () => {
    const site = await startSite({
      "/pikzonalities/create-style.md": await published("create-style.md"),
      "/pikzonalities/delete-pikzonality.md": await published("delete-pikzonality.md"),
      "/errors.txt": await published("errors.txt"),
      "/introduction.md": "# Introduction\n\n```bash\nnpm i\n```\n",
    });
    const { fragments, pages, problems, skippedLinks } = await pullPages({ index: site.index });

    expect(problems).toEqual([]);
    expect(skippedLinks).toEqual([]);
    expect(pages.flatMap(({ errorRows }) => errorRows)).toHaveLength(31);
    expect(
      fragments.map(({ announced, fileName, page, source }) => ({
        ...announced,
        fileName,
        page,
        line: source.lineOffset,
      })),
    ).toEqual([
      {
        kind: "operation",
        method: "POST",
        path: "/v2/pikzonality/style",
        fileName: "post_v2_pikzonality_style.yaml",
        page: `${site.origin}/pikzonalities/create-style`,
        line: 13,
      },
      {
        kind: "operation",
        method: "DELETE",
        path: "/v2/pikzonality/{id}",
        fileName: "delete_v2_pikzonality_id.yaml",
        page: `${site.origin}/pikzonalities/delete-pikzonality`,
        line: 13,
      },
    ]);
    const texts = fragments.map(({ source }) => source.text);
    expect(texts).toEqual(await Promise.all(PUBLISHED.map(([page]) => publishedBlock(page))));
  });

  test("may have CRLF line endings", async () => {
    const page = (await published("create-style.md")).replaceAll("\n", "\r\n");
    const { names, result } = await pull({ "/style.md": page });
    expect(names).toContain("post_v2_pikzonality_style.yaml");
    expect(result.fragments.at(-1)?.source.text).not.toContain("\r");
  });
});

describe("one bad page does not stop the others:", () => {
  test.each([404, 500, 503])("HTTP %i", async (status) => {
    const bad: Route = (_request, response) => {
      respond(response, status, "no");
    };
    expectOneBadPage(await pull({ "/bad.md": bad }), `: HTTP ${status}`);
  });

  test("a redirect to another origin", async () => {
    const other = await startSite({ "/stolen.md": fragmentPage("GET", "/stolen") });
    const outcome = await pull({ "/bad.md": redirectTo(`${other.origin}/stolen.md`) });
    expectOneBadPage(
      outcome,
      `: redirects to another origin (${other.origin}/stolen.md), which is not followed`,
    );
    expect(other.requests).toEqual([]);
  });

  test("a redirect loop", async () => {
    const outcome = await pull({ "/bad.md": redirectTo("/bad.md") });
    expectOneBadPage(outcome, ": more than 5 redirects");
  });

  test("a page that is too large, declared or not", async () => {
    const outcome = await pull({ "/bad.md": "x".repeat(5001) }, { maxBytes: 5000 });
    expectOneBadPage(outcome, ": is larger than 5000 bytes");
  });

  test("a small page that decompresses to a large one", async () => {
    const bomb: Route = (_request, response) => {
      respond(response, 200, gzipSync("x".repeat(1_000_000)), { "content-encoding": "gzip" });
    };
    expectOneBadPage(
      await pull({ "/bad.md": bomb }, { maxBytes: 5000 }),
      ": is larger than 5000 bytes",
    );
  });

  test("an endless body, whose connection is closed", async () => {
    const closed = gate();
    const endless: Route = (_request, response) => {
      response.on("close", closed.open);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    };
    expectOneBadPage(
      await pull({ "/bad.md": endless }, { maxBytes: 50_000 }),
      ": is larger than 50000 bytes",
    );
    await closed.opened;
  });

  test.each(["never answers", "stops in the middle of its body"])(
    "a page that %s",
    async (kind) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const hanging = gate();
      const hang: Route = (_request, response) => {
        if (kind !== "never answers") response.writeHead(200).write("# Half a");
        hanging.open();
      };
      const othersDone = gate();
      const pulling = pull({ "/bad.md": hang }, { timeoutMs: 9000, onPage: othersDone.open });
      await Promise.all([hanging.opened, othersDone.opened]);
      vi.advanceTimersByTime(9000);
      expectOneBadPage(await pulling, ": took longer than 9000 ms");
    },
  );

  test("a connection that breaks in the middle of a page", async () => {
    const half: Route = (_request, response) => {
      response.writeHead(200, { "content-length": "5000" });
      response.write(fragmentPage("GET", "/half"), () => response.destroy());
    };
    const { names, result, site } = await pull({ "/bad.md": half });
    expect(names).toEqual(["get_good.yaml"]);
    expect(result.problems).toEqual([
      expect.stringContaining(`${site.origin}/bad.md: cannot be fetched (`),
    ]);
  });

  test("HTML instead of Markdown, declared or not", async () => {
    const html: Route = (_request, response) => {
      respond(response, 200, "<p>Sign in", { "content-type": "text/html" });
    };
    expectOneBadPage(await pull({ "/bad.md": html }), ": answers text/html, not Markdown");
    expectOneBadPage(
      await pull({ "/bad.md": "\n<!DOCTYPE html><html></html>" }),
      ": is HTML, not Markdown",
    );
  });

  test("bytes that are not UTF-8", async () => {
    const bytes: Route = (_request, response) => {
      respond(response, 200, new Uint8Array([0xc3, 0x28]));
    };
    expectOneBadPage(await pull({ "/bad.md": bytes }), ": is not UTF-8 text");
  });

  test("broken YAML, with its position on the page", async () => {
    const page = fragmentPage("GET", "/bad", "openapi: 3.0.3\npaths: [\n");
    const { result, names, site } = await pull({ "/bad.md": page });
    expect(names).toEqual(["get_good.yaml"]);
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatch(/\/bad\.md:\d+:\d+: not valid YAML or JSON: /);
    expect(result.problems[0]).toContain(site.origin);
  });

  test("a bad block beside good ones, which are accepted", async () => {
    const page = [
      fragmentPage("GET", "/one"),
      fragmentPage("GET", "/two", "just text"),
      fragmentPage("PUT", "/three").replaceAll("````", "~~~"),
    ].join("\n");
    const line = page.split("\n").indexOf("just text") + 1;
    const { result, names } = await pull({ "/many.md": page });
    expect(names).toEqual(["get_good.yaml", "get_one.yaml", "put_three.yaml"]);
    expect(result.problems).toEqual([expect.stringContaining(`/many.md:${line}:1: `)]);
  });
});

describe("two pages with the same operation", () => {
  const page = fragmentPage("GET", "/twice");

  test("are one fragment if they agree, whatever the layout", async () => {
    const compact = fragmentPage("GET", "/twice", JSON.stringify(fragment("GET", "/twice")));
    const { result, names } = await pull({ "/a.md": page, "/b.md": compact });
    expect(names.sort()).toEqual(["get_good.yaml", "get_twice.yaml"]);
    expect(result.problems).toEqual([]);
  });

  test("are both named and neither is used if they contradict each other", async () => {
    const other = fragment("GET", "/twice", { info: { title: "Other", version: "1" } });
    const { result, names, site } = await pull({
      "/a.md": page,
      "/b.md": fragmentPage("GET", "/twice", other),
    });
    expect(names).toEqual(["get_good.yaml"]);
    expect(result.problems).toEqual([
      `${site.origin}/b.md:3: GET /twice differs from the one at ${site.origin}/a.md:3; neither was taken`,
    ]);
  });

  test("get a file each if their paths differ only in punctuation", async () => {
    const { result, names } = await pull({
      "/a.md": fragmentPage("GET", "/things/{id}"),
      "/b.md": fragmentPage("GET", "/things/ID"),
    });
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
    expect(names).toContainEqual(expect.stringMatching(/^get_things_id-[0-9a-f]{8}\.yaml$/));
    expect(result.problems).toEqual([]);
  });
});

describe("the index of a docs site", () => {
  test("may be relative, lack .md, repeat itself and have anchors", async () => {
    const { site, names } = await pull({
      "/llms.txt": "[a](good) [b](/good#part) [c](./good.md)",
    });
    expect(names).toEqual(["get_good.yaml"]);
    expect(site.requests).toEqual(["GET /llms.txt", "GET /good.md"]);
  });

  test("is resolved relative to where it was redirected", async () => {
    const { names } = await pull({
      "/llms.txt": redirectTo("/docs/llms.txt"),
      "/docs/llms.txt": "- [A](a.md)",
      "/docs/a.md": fragmentPage("GET", "/a"),
    });
    expect(names).toContain("get_a.yaml");
  });

  test("is not followed to other sites, to files that are not pages, or with credentials", async () => {
    const other = await startSite({ "/a.md": fragmentPage("GET", "/a") });
    const links = [
      `${other.origin}/a.md`,
      "/openapi.json",
      "/logo.svg",
      "/llms-full.txt",
      "http://[",
    ];
    const { result, names } = await pull({
      "/llms.txt": ["/good.md", ...links].map((link) => `- [Title](${link})`).join("\n"),
    });
    expect(names).toEqual(["get_good.yaml"]);
    expect(result.skippedLinks.map(({ link }) => link)).toEqual(links);
    expect(other.requests).toEqual([]);
  });

  test("is refused before any page is read if it lists too many", async () => {
    const site = await startSite({ "/a.md": "", "/b.md": "", "/c.md": "" });
    await expect(pullPages({ index: site.index, maxPages: 2 })).rejects.toThrow(
      `${site.index}: lists 3 pages, more than 2; none was read`,
    );
    expect(site.requests).toEqual(["GET /llms.txt"]);
  });

  test("is the only thing reported if it cannot be read", async () => {
    const site = await startSite({});
    const missing = `${site.origin}/missing.txt`;
    await expect(pullPages({ index: missing })).rejects.toThrow(`${missing}: HTTP 404`);
  });

  test.each([
    ["http://example.com/llms.txt", "is not fetched: only https, or http from loopback"],
    ["ftp://example.com/llms.txt", "is not an https address, a file or a folder"],
    ["https://", "is not an https address, a file or a folder"],
    ["https://me:secret@example.com/llms.txt", "carries credentials"],
  ])("is refused without a request if it is at %s", async (index, reason) => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const pulling = pullPages({ index, fetch });
    await expect(pulling).rejects.toThrow(reason);
    await expect(pulling).rejects.not.toThrow("secret");
    expect(fetch).not.toHaveBeenCalled();
  });
});

test("pull requests Markdown and says who is asking", async () => {
  const headers: Record<string, unknown> = {};
  const page: Route = (request, response) => {
    Object.assign(headers, request.headers);
    respond(response, 200, "");
  };
  await pull({ "/page.md": page });
  expect(headers["accept"]).toContain("text/markdown");
  expect(headers["user-agent"]).toContain("pikzels-client");
});

test("pull never has more pages in flight than the limit, and uses all of it", async () => {
  let inFlight = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const page: Route = (_request, response) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    waiting.push(() => {
      inFlight -= 1;
      respond(response, 200, "");
    });
    // Pages are held back until as many are waiting as allowed, so that a missing limit would show.
    if (waiting.length === 3) for (const go of waiting.splice(0)) setImmediate(go);
  };
  const routes = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`/${n}.md`, page]));
  const site = await startSite(routes);
  const { problems } = await pullPages({ index: site.index, concurrency: 3 });
  expect(problems).toEqual([]);
  expect(most).toBe(3);
});

test("pull gives the same result whichever page answers first", async () => {
  const slow =
    (text: string, after: Promise<unknown>): Route =>
    (_request, response) => {
      void after.then(() => {
        respond(response, 200, text);
      });
    };
  const pullInOrder = async (firstLast: "a" | "b") => {
    const lateGate = gate();
    const now = Promise.resolve();
    const site = await startSite({
      "/a.md": slow(fragmentPage("GET", "/a"), firstLast === "a" ? lateGate.opened : now),
      "/b.md": slow(fragmentPage("GET", "/b"), firstLast === "b" ? lateGate.opened : now),
    });
    const finished: string[] = [];
    const { fragments } = await pullPages({
      index: site.index,
      onPage: ({ page }) => {
        finished.push(page.location.slice(-4));
        lateGate.open();
      },
    });
    return { finished, names: fragments.map(({ fileName }) => fileName) };
  };
  const [aLast, bLast] = [await pullInOrder("a"), await pullInOrder("b")];
  expect(aLast.finished).toEqual(["b.md", "a.md"]);
  expect(bLast.finished).toEqual(["a.md", "b.md"]);
  expect(aLast.names).toEqual(bLast.names);
});
