import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { lacks, metricsRead } from "./testing/coverage.ts";
import { type Alert, alertsIn, type Case, casesIn, RUNBOOKS, ruleFiles, testFiles } from "./testing/files.ts";

const alerts = ruleFiles.flatMap(alertsIn);
const cases = testFiles.flatMap(casesIn);
const named = alerts.map((one): [string, Alert] => [
  [one.alert, one.labels.objective, one.labels.window].filter(Boolean).join(" "),
  one,
]);

test("the rule files are there, with their alerts", () => {
  expect(ruleFiles.map((path) => basename(path))).toEqual(["infrastructure.yml", "security.yml", "slo.yml"]);
  expect(new Set(alerts.map(({ file }) => file)).size).toBe(3);
  expect(alerts.length).toBeGreaterThan(50);
});

describe.each(named)("%s", (_name, alert) => {
  test("has a severity, a summary, a description and a runbook that is there", () => {
    expect(["page", "ticket", "none"]).toContain(alert.labels.severity);
    for (const key of ["summary", "description"]) expect(alert.annotations[key]).toMatch(/\S.{10}/);
    expect(alert.annotations.runbook).toBe(`docs/runbooks/${alert.alert}.md`);
    expect(existsSync(join(RUNBOOKS, `${alert.alert}.md`))).toBe(true);
  });

  test("is tested: fires, does not fire, clears, missing series", () => {
    // It fires for ever: nothing clears it, and no series is missing from it.
    const never = alert.alert === "Watchdog" ? ["does not fire", "clears", "missing series"] : [];
    expect(lacks(alert, cases)).toEqual(never);
  });
});

describe("runbooks", () => {
  const files = readdirSync(RUNBOOKS).filter((name) => name.endsWith(".md") && name !== "README.md");

  test("there is none without an alert", () => {
    expect(files.map((name) => name.replace(/\.md$/, "")).toSorted()).toEqual(
      [...new Set(alerts.map(({ alert }) => alert))].toSorted(),
    );
  });

  test.each(files)("%s says what it means, what it does to users, how to find out and what to do", (name) => {
    const text = readFileSync(join(RUNBOOKS, name), "utf8");
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Meaning", "Impact", "Diagnosis", "Mitigation"]);
    for (const [, link = ""] of text.matchAll(/\]\(([\w.]+\.md)\)/g)) {
      expect([name, link, existsSync(join(RUNBOOKS, link))]).toEqual([name, link, true]);
    }
  });
});

describe("no missing metric hides trouble", () => {
  const watched = metricsRead(alerts.find(({ alert }) => alert === "MetricMissing")?.expr ?? "");
  // Prometheus makes these itself at each scrape: TargetAbsent tells of them.
  const own = ["up", "scrape_duration_seconds"];
  const read = alerts
    .filter(({ file, alert, labels }) => file !== "slo.yml" && alert !== "MetricMissing" && labels.job !== "grafana")
    .flatMap(({ alert, expr }) => metricsRead(expr).map((metric): [string, string] => [metric, alert]))
    .filter(([metric]) => !own.includes(metric));

  test.each(read)("%s, which %s reads, must be there", (metric) => {
    expect(watched).toContain(metric);
  });

  test("none is watched that nobody reads", () => {
    const wanted = new Set(read.map(([metric]) => metric));
    expect(watched.filter((metric) => !wanted.has(metric))).toEqual([]);
  });
});

describe("what the tests' own test finds", () => {
  const alert: Alert = { file: "x.yml", alert: "X", expr: "x", labels: { severity: "page" }, annotations: {} };
  const look = (eval_time: string, firing: boolean) => ({
    alertname: "X",
    eval_time,
    exp_alerts: firing ? [{ exp_labels: { severity: "page" } }] : [],
  });
  const good: readonly Case[] = [
    {
      name: "X: a course",
      alert_rule_test: [look("9m", false), look("1m", false), look("5m", true)],
      promql_expr_test: [],
    },
    {
      name: "X: missing series",
      alert_rule_test: [look("5m", false)],
      promql_expr_test: [
        { expr: 'ALERTS{alertname="Y",alertstate="firing"}', exp_samples: [{ labels: "ALERTS{}", value: 1 }] },
      ],
    },
  ];

  test("a good value", () => {
    expect(lacks(alert, good)).toEqual([]);
  });

  test.each<[string, Alert, readonly Case[], readonly string[]]>([
    ["no test at all", alert, [], ["fires", "does not fire", "clears", "missing series"]],
    ["another severity fires", { ...alert, labels: { severity: "ticket" } }, good, ["fires", "clears"]],
    ["another alert's test", { ...alert, alert: "Y" }, good, ["fires", "does not fire", "clears", "missing series"]],
    [
      "it never clears",
      alert,
      good.map((one) => ({
        ...one,
        alert_rule_test: one.alert_rule_test.filter(({ eval_time }) => eval_time !== "9m"),
      })),
      ["clears"],
    ],
    [
      "nothing fires where series are missing",
      alert,
      good.map((one) => ({ ...one, promql_expr_test: [] })),
      ["missing series"],
    ],
  ])("%s", (_what, one, given, lacking) => {
    expect(lacks(one, given)).toEqual(lacking);
  });
});
