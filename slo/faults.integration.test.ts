import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "./core/report.ts";
import { folderWith, slo } from "./testing/command.ts";
import { emptyPrometheus } from "./testing/empty-prometheus.ts";
import { runFile } from "./testing/files.ts";
import { nowhere, serveTcp } from "./testing/http.ts";
import { oddServers } from "./testing/odd-servers.ts";

const OBJECTIVES = `service: api
objectives:
  - name: errors
    ratio: { bad: 'requests_total{code="500"}', total: requests_total, atMost: 1% }
  - name: queue
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
`;
const CHECK = ["check", "objectives.yaml", "--format", "json"];
const WINDOW = ["--from", "1795365600", "--to", "1795365660"];

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
let folder = "";
beforeAll(async () => {
  open.folder = await folderWith({ "objectives.yaml": OBJECTIVES });
  folder = open.folder.path;
});
afterAll(() => open.folder?.remove());

const { http, keep, says, silent } = oddServers();

const empty = (odd: (query: string) => string | undefined) => http(emptyPrometheus(odd));

describe("slo check with a Prometheus that does not serve", () => {
  it.each<[string, () => Promise<string>, string, RegExp]>([
    ["is not there", nowhere, "unreachable", /connection refused/],
    ["never answers", silent, "timeout", /did not answer within 0\.5 s/],
    ["answers HTML", () => says(200, "<html>login</html>"), "bad-answer", /answered HTML/],
    ["fails", () => says(500, "oops"), "server-error", /answered 500: oops/],
    ["refuses us", () => says(401, ""), "unauthorized", /refused us with 401/],
    [
      "redirects",
      () => says(302, "", { location: "https://a:b@login.test/?next=x" }),
      "redirected",
      /redirects to https:\/\/login\.test;/,
    ],
    [
      "cuts its JSON short",
      () => says(200, '{"status":"success","data":{"resultType":"vec'),
      "bad-answer",
      /no whole JSON/,
    ],
    ["answers other JSON", () => says(200, '{"status":"ok"}'), "bad-answer", /"data" is missing/],
  ])("%s", async (_what, start, code, text) => {
    const url = await start();
    // Who answers may take its time.
    const limit = start === silent ? ["--timeout", "0.5"] : [];
    const ran = await slo([...CHECK, ...WINDOW, ...limit, "--prometheus", url.replace("//", "//me:secret@")], {
      cwd: folder,
    });
    const report = JSON.parse(ran.stdout) as Report;
    expect(ran.code).toBe(3);
    expect(report.verdict).toBe("no-data");
    expect(report.objectives.map(({ reason }) => reason.code)).toEqual([code, code]);
    for (const { reason } of report.objectives) expect(reason.text).toMatch(text);
    expect(ran.stdout + ran.stderr).not.toContain("secret");
    expect(ran.stderr).not.toMatch(/\bat .*\.[jt]s:/);
  });

  it("fails one request alone, and the other objective is judged", async () => {
    const url = await empty((query) =>
      query.startsWith("max_over_time")
        ? '{"status":"error","errorType":"execution","error":"too many samples"}'
        : undefined,
    );
    const ran = await slo([...CHECK, ...WINDOW, "--prometheus", url], { cwd: folder });
    const report = JSON.parse(ran.stdout) as Report;
    expect(ran.code).toBe(3);
    expect(report.objectives.map(({ name, reason }) => [name, reason.code === "too-expensive"])).toEqual([
      ["errors", false],
      ["queue", true],
    ]);
  });

  it.each([
    ["ahead of", 120],
    ["behind", -120],
  ])("judges nothing by a clock that is %s ours", async (way, seconds) => {
    const url = await empty((query) => {
      const told = Date.now() / 1000 + seconds;
      return query === "time()"
        ? `{"status":"success","data":{"resultType":"scalar","result":[${told},"${told}"]}}`
        : undefined;
    });
    const ran = await slo([...CHECK, ...WINDOW, "--prometheus", url], { cwd: folder });
    const report = JSON.parse(ran.stdout) as Report;
    expect([ran.code, report.verdict]).toEqual([3, "no-data"]);
    expect(report.objectives.map(({ reason }) => reason.code)).toEqual(["clock-skew", "clock-skew"]);
    expect(report.objectives[0]?.reason.text).toMatch(
      new RegExp(`^Prometheus' clock is 1(19|20)\\.\\d s ${way} this machine's, 1 s is allowed: set both by NTP$`),
    );
  });
});

describe("slo check and its files", () => {
  it("shows the report though it could not be written, and is no pass", async () => {
    await writeFile(join(folder, "file"), "");
    await mkdir(join(folder, "taken"), { recursive: true });
    const url = await nowhere();
    const outputs = ["--output", "json=file/report.json", "--output", "junit=taken", "--output", "markdown=good.md"];
    const ran = await slo([...CHECK, ...WINDOW, "--prometheus", url, ...outputs], { cwd: folder });
    expect(ran.code).toBe(3);
    expect((JSON.parse(ran.stdout) as Report).verdict).toBe("no-data");
    expect(ran.stderr).toContain(
      "slo: file/report.json could not be written: a file stands where a directory must be\n",
    );
    expect(ran.stderr).toContain("slo: taken could not be written: it is a directory\n");
    expect(await readFile(join(folder, "good.md"), "utf8")).toContain("NO DATA");
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("keeps evidence and report of a run that could not be judged", async () => {
    const results = await folderWith({ "run.json": JSON.stringify(runFile) });
    try {
      const ran = await slo([...CHECK, "--run", results.path, "--prometheus", await nowhere()], { cwd: folder });
      expect(ran.code).toBe(3);
      expect(await readFile(join(results.path, "report.json"), "utf8")).toBe(ran.stdout);
      const again = await slo([...CHECK, "--run", results.path], { cwd: folder });
      expect(again).toEqual({ code: 3, stdout: ran.stdout, stderr: "" });
    } finally {
      await results.remove();
    }
  });
});

const MAIN = resolve(import.meta.dirname, "main.ts");

describe("the slo process", () => {
  it("ends with 3 and a word when interrupted while it waits", async () => {
    const connected = Promise.withResolvers<void>();
    const server = await serveTcp(() => connected.resolve());
    keep(server);
    const child = spawn(process.execPath, [MAIN, ...CHECK, ...WINDOW, "--prometheus", server.url], { cwd: folder });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const closed = once(child, "close");
    await connected.promise;
    child.kill("SIGINT");
    expect(await closed).toEqual([3, null]);
    expect(stderr).toBe("slo: interrupted: nothing is judged\n");
  });

  it("keeps its exit code where nobody reads its report", async () => {
    const child = spawn(process.execPath, [MAIN, ...CHECK, ...WINDOW, "--prometheus", await nowhere()], {
      cwd: folder,
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, "close");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  });

  it("colours only where it is asked to or a terminal shows it", async () => {
    const url = await nowhere();
    const at = ["check", "objectives.yaml", ...WINDOW, "--prometheus", url];
    const coloured = (text: string) => text.includes("\u001b[");
    expect(coloured((await slo(at, { cwd: folder })).stdout)).toBe(false);
    expect(coloured((await slo([...at, "--color"], { cwd: folder })).stdout)).toBe(true);
    expect(coloured((await slo(at, { cwd: folder, env: { FORCE_COLOR: "1" } })).stdout)).toBe(true);
    expect(coloured((await slo(at, { cwd: folder, env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout)).toBe(false);
  });
});
