import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import type { RawSeries } from "./core/fetched.ts";
import type { Report } from "./core/report.ts";
import { folderWith } from "./testing/command.ts";
import { runFile } from "./testing/files.ts";
import { type RunningPrometheus, startPrometheus } from "./testing/prometheus.ts";

/** A scrape a second, ten minutes ago, and one burst of errors between the tenth second and the eleventh. */
const SCRAPES = 60;
const start = Math.floor(Date.now() / 1000) - 600;
const series = (name: string, at: (second: number) => number, more: Record<string, string> = {}): RawSeries => ({
  labels: { __name__: name, job: "api", instance: "a:1", ...more },
  times: Array.from({ length: SCRAPES }, (_, index) => start + index),
  values: Array.from({ length: SCRAPES }, (_, index) => at(index)),
});
const HISTORY = [
  series("up", () => 1),
  series("process_start_time_seconds", () => start - 1000),
  series("requests_total", (second) => second * 100, { code: "200" }),
  series("requests_total", (second) => (second > 10 ? 50 : 0), { code: "500" }),
];

const open: { prometheus?: RunningPrometheus; folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.prometheus = await startPrometheus([], "1s", { history: HISTORY });
  open.folder = await folderWith({
    "objectives.yaml": `service: api
objectives:
  - name: errors
    ratio: { bad: 'requests_total{job="api",code="500"}', total: 'requests_total{job="api"}', atMost: 1% }
`,
  });
});
afterAll(async () => {
  await open.prometheus?.stop();
  await open.folder?.remove();
});

/** `slo check` on a machine whose clock is this many seconds behind Prometheus' (ahead: negative). */
async function judged(behind: number, args: readonly string[]) {
  const cwd = open.folder?.path ?? "";
  const said = { out: "", err: "" };
  const code = await run({
    argv: ["check", "objectives.yaml", ...args],
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    cwd,
    now: () => Date.now() / 1000 - behind,
    signal: new AbortController().signal,
  });
  return { code, ...said, cwd };
}

const window = (from: number, to: number) => ["--from", from.toFixed(3), "--to", to.toFixed(3)];
const asJson = () => ["--prometheus", open.prometheus?.url ?? "", "--format", "json"];

describe("a clock that is beside Prometheus'", () => {
  it.each([0.8, -0.8])("is corrected: by ours %d s behind, the window is cut where it was meant", async (behind) => {
    // By Prometheus' clock from 11.5 to 40.5: taken as it is, the burst at 10 to 11 would be in it, or another second not.
    const from = start + 11.5 - behind;
    const { out, code } = await judged(behind, [...asJson(), ...window(from, from + 29)]);
    const report = JSON.parse(out) as Report;
    expect(code).toBe(0);
    expect(report.objectives[0]?.counts).toEqual({ total: 3000, bad: 0 });
    expect(report.objectives[0]?.span?.from).toBe(new Date((start + 11) * 1000).toISOString());
    const way = behind > 0 ? "ahead of" : "behind";
    const told = new RegExp(`^Prometheus' clock was ([\\d.]+) ms ${way} the judge's \\(± ([\\d.]+) ms\\)`);
    const [, shift, within] = told.exec(report.validity.find(({ check }) => check === "clock")?.text ?? "") ?? [];
    expect(Math.abs(Number(shift) - 800)).toBeLessThanOrEqual(Number(within) + 1);
    expect(Math.abs(Date.parse(report.run.from) - (start + 11.5) * 1000)).toBeLessThanOrEqual(Number(within) + 1);
  });

  it("is left alone where the measurement cannot tell it from ours", async () => {
    const { out } = await judged(0, [...asJson(), ...window(start + 11.5, start + 40.5)]);
    const report = JSON.parse(out) as Report;
    expect(report.validity).toEqual([]);
    expect(report.run.from).toBe(new Date((start + 11.5) * 1000).toISOString());
  });

  it("is refused beyond a second", async () => {
    // So far beyond (clock.test.ts has the limit itself) that a request of a whole second hides nothing of it.
    const { out, code } = await judged(3, [...asJson(), ...window(start + 11, start + 40)]);
    expect([code, (JSON.parse(out) as Report).objectives[0]?.reason.code]).toEqual([3, "clock-skew"]);
  });

  it("is corrected for a run as well, and again from its evidence alone, to the byte", async () => {
    const cwd = open.folder?.path ?? "";
    const steady = { name: "steady", from: start + 10.9, to: start + 39.9, quiet: false };
    const facts = {
      ...runFile,
      from: start,
      to: start + 50,
      phases: [steady],
      client: [],
      load: [],
      serverCounter: null,
    };
    await writeFile(join(cwd, "run.json"), JSON.stringify(facts));
    const first = await judged(0.6, [...asJson(), "--run", "."]);
    expect((JSON.parse(first.out) as Report).objectives[0]?.counts).toEqual({ total: 3000, bad: 0 });
    const kept = JSON.parse(await readFile(join(cwd, "evidence.json"), "utf8")) as {
      clock?: { shift: number; uncertainty: number };
    };
    expect(Math.abs((kept.clock?.shift ?? 0) - 0.6)).toBeLessThanOrEqual((kept.clock?.uncertainty ?? 0) + 0.001);
    const again = await judged(0, ["--format", "json", "--run", "."]);
    expect(again).toEqual({ ...first, err: "" });
    const console = await judged(0, ["--run", "."]);
    expect(console.out.replace(/\s+/g, " ")).toMatch(/clock Prometheus' clock was [\d.]+ ms ahead of the judge's/);
  });
});
