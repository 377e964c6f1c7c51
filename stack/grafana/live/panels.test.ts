import { describe, expect, it } from "vitest";
import { goodDashboard } from "../lint/testing/fixture.ts";
import type { Dashboard } from "../read/dashboard.ts";
import { askDashboard, type Outcome } from "./panels.ts";
import type { Ask } from "./prometheus.ts";

const window = { from: 1000, to: 1300, points: 1000 };

interface Asked {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A Prometheus that gives these answers, by path, and remembers what it was asked. */
function answering(result: unknown, routes: readonly string[] = ["/a", "/b"]) {
  const asked: Asked[] = [];
  const ask: Ask = async (path, parameters) => {
    asked.push({ path, parameters });
    if (path.startsWith("label/")) return routes;
    if (result instanceof Error) throw result;
    return { resultType: "matrix", result };
  };
  return { ask, asked };
}

const lines = [{ metric: { status: "200" }, values: [[1000, "1"]] }];

function chosen(current: unknown, more: object = {}): Dashboard {
  const good = goodDashboard();
  const list = (good.templating?.list ?? []).map((variable) =>
    variable.name === "route" ? { ...variable, ...more, current: { value: current as string } } : variable,
  );
  return { ...good, templating: { list } };
}

const queryAsked = async (dashboard: Dashboard) => {
  const { ask, asked } = answering(lines);
  await askDashboard(dashboard, window, { prometheus: ask });
  return asked.find(({ path }) => path.startsWith("query"));
};

describe("askDashboard", () => {
  it("asks as Grafana would: over the range, at the least step, with four scrapes a rate", async () => {
    expect(await queryAsked(chosen("/b"))).toEqual({
      path: "query_range",
      parameters: {
        query: 'sum by (status) (rate(requests_total{route=~"/b"}[20000ms]))',
        start: "1000",
        end: "1300",
        step: "5",
      },
    });
  });

  it.each([
    ["the saved value", chosen("/b"), "/b"],
    ["the first, where the saved one is gone", chosen("/gone"), "/a"],
    ["all, by their own pattern", chosen(["$__all"], { includeAll: true, allValue: ".*" }), ".*"],
    ["all, one by one", chosen(["$__all"], { includeAll: true }), "/a|/b"],
  ])("puts %s for a variable", async (_, dashboard, value) => {
    const asked = await queryAsked(dashboard);
    expect(asked?.parameters.query).toContain(`route=~"${value}"`);
  });

  it.each<readonly [string, unknown, Outcome]>([
    ["lines", lines, { kind: "data", series: 1 }],
    ["native histograms", [{ metric: {}, histograms: [[1000, {}]] }], { kind: "data", series: 1 }],
    ["no series", [], { kind: "empty" }],
    ["nothing but NaN", [{ metric: {}, values: [[1000, "NaN"]] }], { kind: "empty" }],
    ["an error", new Error("parse error"), { kind: "broken", error: "parse error" }],
  ])("tells %s", async (_, result, outcome) => {
    const answers = await askDashboard(chosen("/a"), window, { prometheus: answering(result).ask });
    expect(answers.find(({ panel }) => panel === "By status")?.outcome).toEqual(outcome);
  });

  it("tells a variable without any value", async () => {
    const { ask } = answering(lines, []);
    const [variable] = await askDashboard(chosen("/a"), window, { prometheus: ask });
    expect(variable).toMatchObject({ panel: "variable route", outcome: { kind: "empty" } });
  });

  it("tells a variable whose values cannot be asked for", async () => {
    const ask: Ask = () => Promise.reject(new Error("Prometheus does not answer"));
    const [variable] = await askDashboard(chosen("/a"), window, { prometheus: ask });
    expect(variable?.outcome).toEqual({ kind: "broken", error: "Prometheus does not answer" });
  });

  it("asks PostgreSQL where there is a way to it", async () => {
    const prometheus = answering(lines).ask;
    const orders = async (postgres?: (sql: string) => Promise<number>) =>
      (
        await askDashboard(chosen("/a"), window, postgres === undefined ? { prometheus } : { prometheus, postgres })
      ).find(({ panel }) => panel === "Orders")?.outcome;
    expect(await orders()).toEqual({ kind: "not asked" });
    expect(await orders(async () => 3)).toEqual({ kind: "data", series: 3 });
    expect(await orders(() => Promise.reject(new Error("no such table")))).toEqual({
      kind: "broken",
      error: "no such table",
    });
  });
});
