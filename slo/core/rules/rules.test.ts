import { describe, expect, it } from "vitest";
import { GOOD } from "../file/fixtures/good.ts";
import { parseObjectives } from "../file/parse-objectives.ts";
import { GOOD_OPENSLO } from "../openslo/fixtures/good.ts";
import { parsePromql } from "../promql.ts";
import type { AlertingRule, Rule, RuleOptions } from "./rule-file.ts";
import { rulesOf } from "./rules.ts";

const OPTIONS: RuleOptions = { days: 30, leastRequests: 20, runbooks: "docs/runbooks" };

function made(indicator: string, more = "", options: Partial<RuleOptions> = {}) {
  const text = `service: shop\nobjectives:\n  - name: one\n${more}    ${indicator}\n`;
  const parsed = parseObjectives(text, "objectives.yaml");
  if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
  return rulesOf(parsed.value, { ...OPTIONS, ...options });
}

function rules(indicator: string, more = "", options: Partial<RuleOptions> = {}): readonly Rule[] {
  return made(indicator, more, options).groups.flatMap((group) => group.rules);
}

function exprOf(all: readonly Rule[], record: string): string {
  const found = all.find((rule) => rule.kind === "record" && rule.record === record);
  return found?.expr ?? "";
}

const alertsOf = (all: readonly Rule[]): readonly AlertingRule[] =>
  all.flatMap((rule) => (rule.kind === "alert" ? [rule] : []));
const burns = (all: readonly Rule[]) => alertsOf(all).filter(({ alert }) => alert === "SloErrorBudgetBurn");

const LATENCY = `latency: { histogram: 'h{job="a"}', percentile: 99.9, atMost: 300ms }`;
const BAD = `ratio: { bad: 'n{job="a",code="5"}', total: 'n{job="a"}', atMost: 0.1% }`;
const GOOD_SHARE = `ratio: { good: 'n{code="2"}', total: n, atLeast: 99.9% }`;

describe("what is counted", () => {
  it("of a latency: those that the bucket at the limit does not hold, and nothing without that bucket", () => {
    const all = rules(LATENCY);
    expect(exprOf(all, "slo:requests:rate5m")).toBe('sum(rate(h_count{job="a"}[5m]))');
    expect(exprOf(all, "slo:requests_bad:rate5m")).toBe(
      'clamp_min(sum(rate(h_count{job="a"}[5m])) - sum(rate(h_bucket{job="a",le="0.3"}[5m])), 0)',
    );
    expect(exprOf(all, "slo:error_budget:ratio")).toBe("vector(0.001)");
    expect(exprOf(all, "slo:objective:ratio")).toBe("vector(0.999)");
  });

  it("finds a whole edge as either line of Prometheus stores it", () => {
    expect(exprOf(rules(LATENCY.replace("300ms", "2s")), "slo:requests_bad:rate5m")).toContain('le=~"2|2\\\\.0"');
  });

  it("of bad requests: none where there are only good ones", () => {
    expect(exprOf(rules(BAD), "slo:requests_bad:rate5m")).toBe(
      'sum(rate(n{job="a",code="5"}[5m])) or 0 * sum(rate(n{job="a"}[5m]))',
    );
  });

  it("of good requests: all the others, and all of them where no good one ever came", () => {
    const all = rules(GOOD_SHARE);
    expect(exprOf(all, "slo:requests_bad:rate5m")).toBe(
      'clamp_min(sum(rate(n[5m])) - (sum(rate(n{code="2"}[5m])) or 0 * sum(rate(n[5m]))), 0)',
    );
    expect(exprOf(all, "slo:error_budget:ratio")).toBe("vector(0.001)");
  });

  it("is weighted by traffic over longer windows and the period", () => {
    const all = rules(BAD, "", { days: 28 });
    const series = (metric: string) => `${metric}{service="shop",objective="one"}`;
    const over = (window: string) =>
      `avg_over_time(${series("slo:requests_bad:rate5m")}[${window}]) / avg_over_time(${series("slo:requests:rate5m")}[${window}])`;
    expect(exprOf(all, "slo:sli_error:ratio_rate3d")).toBe(over("3d"));
    expect(exprOf(all, "slo:period_error_budget_remaining:ratio")).toBe(
      `1 - (${over("28d")}) / ${series("slo:error_budget:ratio")}`,
    );
  });
});

describe("burn-rate alerts", () => {
  it("compare both windows, ask for traffic, and for more than one bad request", () => {
    const labels = '{service="shop",objective="one"}';
    const [first, second] = burns(rules(BAD));
    expect(first).toMatchObject({
      expr: [
        `slo:sli_error:ratio_rate5m${labels} > 14.4 * 0.001`,
        `slo:sli_error:ratio_rate1h${labels} > 14.4 * 0.001`,
        `slo:requests:rate5m${labels} * 300 >= 20`,
        `sum_over_time(slo:requests_bad:rate5m${labels}[1h]) * 30 > 1.5`,
      ].join("\nand\n"),
      lasting: null,
      labels: { service: "shop", objective: "one", severity: "page", window: "1h" },
    });
    expect(second?.expr).toContain(`sum_over_time(slo:requests:rate5m${labels}[30m]) * 30 >= 20`);
    expect(burns(rules(BAD)).map(({ labels }) => [labels.severity, labels.window])).toEqual([
      ["page", "1h"],
      ["page", "6h"],
      ["ticket", "1d"],
      ["ticket", "3d"],
    ]);
  });

  it("leave out windows that can never fire, and say so; what these alone rest on is not recorded", () => {
    const file = made(BAD.replace("0.1%", "20%"));
    const all = file.groups.flatMap((group) => group.rules);
    expect(burns(all).map(({ labels }) => labels.window)).toEqual(["1d", "3d"]);
    expect(exprOf(all, "slo:sli_error:ratio_rate1h")).toBe("");
    expect(file.groups[0]?.notes).toEqual([
      "ratio · 20 % of requests may be bad: those that were bad",
      "no page over 1h and 5m: 14.4 × 20 % is more than all requests",
      "no page over 6h and 30m: 6 × 20 % is more than all requests",
    ]);
  });

  it("take the least traffic that was asked for", () => {
    expect(burns(rules(BAD, "", { leastRequests: 1000 }))[0]?.expr).toContain("* 300 >= 1000\n");
  });

  it("wake nobody for an advisory objective", () => {
    const all = alertsOf(rules(BAD, "    gating: false\n"));
    expect(all.map(({ labels }) => labels.severity)).toEqual(["none", "none", "none", "none", "none"]);
  });

  it.each([
    ["docs/runbooks", "runbook"],
    ["mirror/https://wiki", "runbook"],
    ["https://wiki/books", "runbook_url"],
    ["http://wiki/books", "runbook_url"],
  ])("name %s as %s: a path or an address", (runbooks, key) => {
    const { summary: _, description: __, ...rest } = burns(rules(BAD, "", { runbooks }))[0]?.annotations ?? {};
    expect(rest).toEqual({ [key]: `${runbooks}/SloErrorBudgetBurn.md` });
  });

  it("say what happens in words", () => {
    const [first] = burns(rules(LATENCY));
    expect(first?.annotations.summary).toBe("shop: one burns its error budget 14.4 times too fast");
    expect(first?.annotations.description).toBe(
      "{{ $value | humanizePercentage }} of requests took more than 300 ms over the last 5m, and over 1h more than 1.44 %; 0.1 % may. At such a pace the budget of 30 days is gone in 50 h.",
    );
    expect(burns(rules(LATENCY))[3]?.annotations.summary).toBe("shop: one burns its error budget faster than it may");
  });
});

describe("what cannot be watched by a budget", () => {
  it.each([
    [BAD.replace("0.1%", "0%"), "it allows no bad request at all: there is no budget whose burning could be watched"],
    [BAD.replace("0.1%", "100%"), "it allows every request to be bad: nothing can break it"],
    [
      "resource: { service: shop, memory: { atMost: 256MiB } }",
      "its budget is for a run, from whichever source tells most; alert on the containers' own limits instead",
    ],
    [
      "query: { promql: 'sum(increase(n[$phase]))', atMost: 3 }",
      "increase() over a phase grows with the phase, so its limit holds for no other window",
    ],
    ...["scalar(max(q))", "-(time() - scalar(q offset 1m)) / 2", "pi() > bool 3", "5"].map((promql) => [
      `query: { promql: '${promql}', atMost: 3 }`,
      "it yields a scalar, which is there even where nothing is: leave out scalar(), and it can be an alert",
    ]),
  ])("%s is left out", (indicator, reason) => {
    expect(made(indicator)).toEqual({ service: "shop", groups: [], leftOut: [{ objective: "one", reason }] });
  });
});

describe("queries", () => {
  it("become a threshold over five minutes that lasts as long", () => {
    const [broken, noData] = alertsOf(rules("query: { promql: 'max_over_time(q[$phase]) / 2', atMost: 5 }"));
    expect(broken).toMatchObject({
      alert: "SloThresholdBroken",
      expr: "(max_over_time(q[5m]) / 2) > 5",
      lasting: "5m",
      labels: { service: "shop", objective: "one", severity: "ticket" },
    });
    expect(noData).toMatchObject({ alert: "SloNoData", expr: "absent(max_over_time(q[5m]) / 2)", lasting: "10m" });
  });

  it("break below what is at least, and are no page when advisory", () => {
    const [broken] = alertsOf(
      rules("query: { promql: 'min_over_time(q[$phase])', atLeast: 0.5 }", "    gating: false\n"),
    );
    expect(broken).toMatchObject({
      expr: "(min_over_time(q[5m])) < 0.5",
      labels: { severity: "none" },
      annotations: { summary: "shop: one is {{ $value | humanize }}, not at least 0.5" },
    });
  });

  it("may count over a window of their own, which is no phase", () => {
    const [broken] = alertsOf(rules("query: { promql: 'increase(q[1h])', atMost: 3 }"));
    expect(broken?.expr).toBe("(increase(q[1h])) > 3");
  });

  it.each(["q / scalar(r)", "vector(scalar(q))", "q @ end()", "sum(q) - time()", "q offset 5m"])(
    "yield a vector and are watched: %s",
    (promql) => {
      expect(alertsOf(rules(`query: { promql: '${promql}', atMost: 3 }`))[0]?.expr).toBe(`(${promql}) > 3`);
    },
  );

  it("may end in a comment, which takes no more than its line", () => {
    const [broken, noData] = alertsOf(rules("query: { promql: 'q # the queue, of $phase', atMost: 3 }"));
    expect(broken?.expr).toBe("(q # the queue, of 5m\n) > 3");
    expect(noData?.expr).toBe("absent(q # the queue, of 5m\n)");
  });
});

describe.each([
  ["our own form", GOOD],
  ["OpenSLO", GOOD_OPENSLO],
])("a file that uses everything, in %s", (_form, text) => {
  const parsed = parseObjectives(text, "objectives.yaml");
  if (parsed.kind !== "ok") throw new Error("not read");
  const file = rulesOf(parsed.value, OPTIONS);

  it("is whole: each objective is watched, or left out with a reason", () => {
    expect(file.groups.length + file.leftOut.length).toBe(parsed.value.objectives.length);
  });

  it("gives PromQL only", () => {
    for (const { expr } of file.groups.flatMap((group) => group.rules)) {
      expect([expr, parsePromql(expr, "")]).toMatchObject([expr, { kind: "ok", syntax: undefined }]);
    }
  });

  it("alerts wherever nothing is measured", () => {
    for (const { rules: own } of file.groups) {
      expect(alertsOf(own).filter(({ alert }) => alert === "SloNoData")).toHaveLength(1);
    }
  });
});
