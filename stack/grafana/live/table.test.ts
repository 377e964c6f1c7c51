import { describe, expect, it } from "vitest";
import { checkedIn } from "../files.ts";
import { readDashboard, shown } from "../read/dashboard.ts";
import { EXCEPTIONS, WITHOUT_GRAFANA } from "./exceptions.ts";
import type { Answered, Outcome } from "./panels.ts";
import { lineOf, tableOf } from "./table.ts";

const answered = (outcome: Outcome): Answered => ({
  dashboard: "shop",
  panel: "Orders",
  refId: "A",
  asked: "orders",
  outcome,
});
const why = { dashboard: "shop", panel: "Orders", why: "nobody buys at night" };

describe("lineOf", () => {
  it.each([
    [{ kind: "data", series: 3 }, [], "3", false],
    [{ kind: "empty" }, [], "EMPTY", true],
    [{ kind: "empty" }, [why], "empty: nobody buys at night", false],
    // No exception excuses a query that Prometheus refuses.
    [{ kind: "broken", error: "parse error" }, [why], "BROKEN: parse error", true],
    [{ kind: "not asked" }, [], "not asked: no way to PostgreSQL was given", false],
  ] as const)("%j with %j", (outcome, exceptions, text, wrong) => {
    expect(lineOf(answered(outcome), exceptions)).toEqual({ answered: answered(outcome), text, wrong });
  });
});

describe("tableOf", () => {
  it("has a line a query, in columns", () => {
    const lines = [lineOf(answered({ kind: "data", series: 12 }), []), lineOf(answered({ kind: "empty" }), [])];
    expect(tableOf(lines)).toBe(
      ["dashboard  panel     series", "shop       Orders A  12", "shop       Orders A  EMPTY"].join("\n"),
    );
  });
});

describe("the exceptions", () => {
  it("name panels that there are", async () => {
    const panels = [...(await checkedIn())].flatMap(([file, text]) => {
      const dashboard = readDashboard(file, text);
      return shown(dashboard).map(({ title }) => `${dashboard.uid} / ${title}`);
    });
    const named = [...EXCEPTIONS, ...WITHOUT_GRAFANA].map(({ dashboard, panel }) => `${dashboard} / ${panel}`);
    expect(named.filter((name) => !panels.includes(name))).toEqual([]);
  });
});
