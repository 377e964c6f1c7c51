import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Report } from "../slo/core/report.ts";
import { type Ended, load, project, readReport, readRun, runFolder, SHORT, verdicts } from "./lib/load.ts";

const generous = project("e2e/objectives/generous.yaml");
const failed = ({ objectives }: Report) =>
  objectives.filter(({ verdict }) => verdict === "fail").map(({ name }) => name);
const preload = (name: string) => ["--preload", project(`e2e/preloads/${name}.mjs`)];

describe("a healthy system", () => {
  let ended: Ended & { results: string };
  beforeAll(async () => {
    ended = await load([...SHORT, "--objectives", generous]);
  });

  test("passes, each objective proven", () => {
    expect(ended.code, ended.stderr + ended.stdout).toBe(0);
    const report = readReport(ended.results);
    expect(report.verdict).toBe("pass");
    expect(verdicts(report)).toEqual({
      "read-latency": "pass",
      "write-latency": "pass",
      errors: "pass",
      "api-memory": "pass",
      "pool-wait": "pass",
    });
  });

  test("client and server count the same requests, to the unit", () => {
    const steady = readRun(ended.results).client.find(({ phase }) => phase === "steady");
    const { reconciliation, objectives } = readReport(ended.results);
    const errors = objectives.find(({ name }) => name === "errors");
    expect(steady?.answered).toBeGreaterThanOrEqual(400);
    expect(errors?.counts?.total).toBe(steady?.answered);
    expect(reconciliation).toMatchObject({ client: steady?.answered, server: steady?.answered });
  });

  test("leaves a whole run folder", () => {
    expect(readdirSync(runFolder(ended.results)).sort()).toEqual(
      expect.arrayContaining([
        "evidence.json",
        "junit.xml",
        "k6.json",
        "plan.json",
        "report.json",
        "report.html",
        "report.md",
        "run.json",
      ]),
    );
  });

  test.each(["run", "plan", "evidence", "report"])("its %s.json is what the published schema says", (name) => {
    const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(
      read(project(`slo/schema/${name}.schema.json`)),
    );
    const valid = validate(read(join(runFolder(ended.results), `${name}.json`)));
    expect([valid, validate.errors]).toEqual([true, null]);
  });

  test("says how long each stage took, and the verdict last", () => {
    expect(ended.stdout).toMatch(
      /set-up \d+\.\d s · load \d+\.\d s · wait for evidence \d+\.\d s · judging \d+\.\d s · tear-down \d+\.\d s · \d+\.\d s beyond/,
    );
    expect(ended.stdout.trimEnd().split("\n").at(-1)).toMatch(
      /^PASS {2}5 of 5 objectives met · report: .*report\.html$/,
    );
  });

  test("is judged again from its folder alone to the same bytes", () => {
    const again = execFileSync(
      process.execPath,
      ["slo/main.ts", "check", "e2e/objectives/generous.yaml", "--run", runFolder(ended.results), "--format", "json"],
      { encoding: "utf8", cwd: project(".") },
    );
    expect(again).toBe(readFileSync(join(runFolder(ended.results), "report.json"), "utf8"));
  });
});

/** The generous objectives, but for reads: the delay of the preload breaks it, which no other limit feels. */
function strictReads(): string {
  const folder = mkdtempSync(join(tmpdir(), "proving-ground-strict-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "strict.yaml");
  writeFileSync(
    file,
    readFileSync(generous, "utf8").replace("percentile: 95, atMost: 5s", "percentile: 95, atMost: 500ms"),
  );
  return file;
}

test("a system made slow fails, the read latency named and nothing else", async () => {
  const ended = await load([...SHORT, "--objectives", strictReads(), ...preload("slow-reads")]);
  expect(ended.code, ended.stderr + ended.stdout).toBe(1);
  // A hiccup of the machine may withdraw a pass; it never makes another objective fail.
  expect(failed(readReport(ended.results)), ended.stdout).toEqual(["read-latency"]);
  expect(ended.stdout.trimEnd().split("\n").at(-1)).toMatch(
    /^FAIL {2}1 of 5 objectives broken: read-latency · report: .*report\.html · next: /,
  );
});

test("a system made faulty fails, the errors named", async () => {
  const ended = await load([...SHORT, "--objectives", generous, ...preload("failing-queries")]);
  expect(ended.code, ended.stderr + ended.stdout).toBe(1);
  const report = readReport(ended.results);
  expect(failed(report), ended.stdout).toEqual(["errors"]);
  const errors = report.objectives.find(({ name }) => name === "errors");
  const steady = readRun(ended.results).client.find(({ phase }) => phase === "steady");
  expect(errors?.counts?.bad).toBe(steady?.serverErrors);
});

test("a load that cannot be kept up is told as such, to the dropped iteration, and is no pass", async () => {
  const ended = await load(["--profile", "smoke", "--rate", "20000", "--duration", "2", "--objectives", generous]);
  expect([1, 3], ended.stderr + ended.stdout).toContain(ended.code);
  const { validity } = readReport(ended.results);
  const failed = validity.filter(({ verdict }) => verdict === "fail").map(({ check }) => check);
  expect(failed).toEqual(expect.arrayContaining(["offered-rate", "dropped-iterations"]));
  const k6 = JSON.parse(readFileSync(join(runFolder(ended.results), "k6.json"), "utf8"));
  // A slow machine drops some in the warm-up already: what k6 tells is of all phases.
  const dropped = readRun(ended.results).client.map(({ droppedIterations }) => droppedIterations);
  expect(dropped.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0)).toBe(
    k6.metrics.dropped_iterations.values.count,
  );
  expect(dropped.at(-1)).toBeGreaterThan(0);
});

test("two runs at once do not meet", async () => {
  const runs = await Promise.all([1, 2].map(() => load([...SHORT, "--objectives", generous])));
  for (const ended of runs) {
    const said = ended.stderr + ended.stdout;
    // On a machine that is this busy a scrape may come too late, which withdraws a pass; nothing makes two runs meet.
    expect([0, 3], said).toContain(ended.code);
    expect(readRun(ended.results).failure, said).toBeNull();
    const report = readReport(ended.results);
    expect(failed(report), said).toEqual([]);
    const steady = readRun(ended.results).client.find(({ phase }) => phase === "steady");
    expect(steady?.answered, said).toBeGreaterThan(0);
    const counts = { client: steady?.answered, server: steady?.answered };
    if (ended.code === 0 || report.reconciliation !== null) expect(report.reconciliation, said).toMatchObject(counts);
  }
});
