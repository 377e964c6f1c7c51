import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import type { Preflight } from "./core/preflight/preflight.ts";
import { folderWith } from "./testing/command.ts";
import { emptyPrometheus } from "./testing/empty-prometheus.ts";
import { nowhere, serveTcp } from "./testing/http.ts";
import { oddServers } from "./testing/odd-servers.ts";
import { shopPage } from "./testing/shop.ts";

const OBJECTIVES = `service: shop
objectives:
  - name: errors
    ratio: { bad: 'requests_total{job="shop",code="500"}', total: 'requests_total{job="shop"}', atMost: 1% }
  - name: latency
    latency: { histogram: 'shop_seconds{job="shop"}', percentile: 95, atMost: 250ms }
`;

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
let folder = "";
beforeAll(async () => {
  open.folder = await folderWith({
    "objectives.yaml": OBJECTIVES,
    "misspelt.yaml": OBJECTIVES.replace("shop_seconds", "shop_second"),
    "late.yaml": OBJECTIVES.replaceAll("requests_total", "failures_total"),
  });
  folder = open.folder.path;
});
afterAll(() => open.folder?.remove());

const { http, keep, says, silent } = oddServers();

async function plan(prometheus: string, more: readonly string[] = [], file = "objectives.yaml") {
  const said = { stdout: "", stderr: "" };
  const code = await run({
    argv: ["plan", file, "--prometheus", prometheus, "--format", "json", ...more],
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    env: {},
    cwd: folder,
    now: () => Date.now() / 1000,
    signal: new AbortController().signal,
  });
  const answer: Preflight | null = said.stdout === "" ? null : JSON.parse(said.stdout);
  const amiss = (answer?.checks ?? []).flatMap(({ verdict, check, objective, actual }) =>
    verdict === "ok" ? [] : [`${verdict} ${objective ?? "-"} ${check}: ${actual}`],
  );
  return { code, ...said, answer, amiss };
}

describe("slo plan with a Prometheus that does not serve", () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    ["is not there", nowhere, /connection refused/],
    ["never answers", silent, /did not answer within 0\.5 s/],
    ["answers HTML", () => says(200, "<html>login</html>"), /answered HTML/],
    ["fails", () => says(500, "oops"), /answered 500: oops/],
    ["refuses us", () => says(401, ""), /refused us with 401/],
    [
      "redirects",
      () => says(302, "", { location: "https://login.test/?next=x" }),
      /redirects to https:\/\/login\.test/,
    ],
    ["cuts its JSON short", () => says(200, '{"status":"success","data":{"resultType":"vec'), /no whole JSON/],
    ["answers other JSON", () => says(200, '{"status":"ok"}'), /"data" is missing/],
  ])("%s", async (_what, start, text) => {
    const address = (await start()).replace("//", "//me:secret@");
    // Who answers may take its time.
    const ran = await plan(address, start === silent ? ["--timeout", "0.5"] : []);
    expect(ran.code).toBe(3);
    expect(ran.amiss).toEqual([expect.stringMatching(/^problem - prometheus: /)]);
    expect(ran.amiss[0]).toMatch(text);
    expect(ran.stdout + ran.stderr).not.toContain("secret");
    expect(ran.stderr).toBe("");
  });

  it("answers its clock and cuts the rest short", async () => {
    const url = await http(
      emptyPrometheus((query) =>
        query.includes("__name__")
          ? '{"status":"error","errorType":"execution","error":"too many samples"}'
          : undefined,
      ),
    );
    const { code, amiss } = await plan(url);
    expect(code).toBe(3);
    expect(amiss).toEqual(
      ["errors", "latency"].map((name) => expect.stringMatching(`^problem ${name} metric: the query is too expensive`)),
    );
  });

  it("answers with buildinfo of any shape: the version is not told", async () => {
    const { answer, amiss } = await plan(await http(emptyPrometheus()));
    expect(answer?.prometheus?.version).toBeNull();
    expect(amiss).toEqual(
      ["errors", "latency"].map((name) => `unknown ${name} targets: it has scraped none in the last 5 minutes`),
    );
  });
});

describe("slo plan before the first scrape", () => {
  const page = () => http((_request, response) => response.end(shopPage()));
  const fresh = () => http(emptyPrometheus());

  it("looks at the targets' own pages", async () => {
    const target = `shop,shop-1=${await page()}/metrics`;
    const { code, amiss, answer } = await plan(await fresh(), ["--target", target, "--complete"]);
    expect(code).toBe(0);
    const waits = (name: string) => [
      `unknown ${name} targets: not scraped yet, but answering: shop shop-1`,
      `unknown ${name} scrapes: not known yet`,
    ];
    expect(amiss).toEqual([...waits("errors"), ...waits("latency")]);
    expect(answer?.checks.filter(({ verdict }) => verdict === "ok").map(({ check }) => check)).toEqual(
      "prometheus clock metric labels values labels values histogram labels values edge".split(" "),
    );
  });

  it.each([
    ["misspelt.yaml", "problem latency histogram: there is no series of it"],
    ["late.yaml", "problem errors metric: there is no series of it"],
  ])("knows by them what %s has wrong", async (file, line) => {
    const { code, amiss } = await plan(await fresh(), ["--target", `shop=${await page()}`, "--complete"], file);
    expect(code).toBe(2);
    expect(amiss).toContain(line);
  });

  it.each<[string, () => Promise<string>, string]>([
    ["is not there", nowhere, " cannot be reached: connect ECONNREFUSED"],
    ["never answers", silent, " did not answer within 3 s"],
    ["answers 404", () => says(404, ""), " answered 404"],
    ["redirects", () => says(301, "", { location: "/login" }), " answered 301"],
    ["answers HTML", () => says(200, "<html>"), " answered something else than a page of metrics"],
  ])("is told where a page %s", async (_what, start, text) => {
    // Prometheus itself has to answer within it.
    const limit = start === silent ? ["--timeout", "3"] : [];
    const { code, amiss } = await plan(await fresh(), [...limit, "--target", `shop=${await start()}`]);
    expect(code).toBe(3);
    expect(amiss).toHaveLength(2);
    for (const line of amiss) expect(line).toContain(text);
  });

  it.each(["shop", "=http://a.test", "shop=a.test", "shop=ftp://a.test", "shop=http://me:hidden@a.test"])(
    "refuses --target %s",
    async (target) => {
      const { code, stderr } = await plan(await fresh(), ["--target", target]);
      expect(code).toBe(2);
      expect(stderr).toContain("is not JOB=URL\n     write it as --target api=http://127.0.0.1:9464/metrics");
      expect(stderr).not.toContain("hidden");
    },
  );
});

it("ends with 3 and a word when interrupted while Prometheus says nothing", async () => {
  const connected = Promise.withResolvers<void>();
  const server = await serveTcp(() => connected.resolve());
  keep(server);
  const main = resolve(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "plan", "objectives.yaml", "--prometheus", server.url], { cwd: folder });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const closed = once(child, "close");
  await connected.promise;
  child.kill("SIGINT");
  expect(await closed).toEqual([3, null]);
  expect(stderr).toBe("slo: interrupted: nothing is known\n");
});
