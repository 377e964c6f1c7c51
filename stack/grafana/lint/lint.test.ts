import { describe, expect, it } from "vitest";
import type { Dashboard, Panel, Target } from "../read/dashboard.ts";
import { readKnown } from "./known.ts";
import { lint } from "./lint.ts";
import { recordedBy } from "./recorded.ts";
import { RULES } from "./rules.ts";
import { goodDashboard, KNOWN } from "./testing/fixture.ts";

/** The good dashboard with its panel of requests changed. */
function panel(change: (panel: Panel) => Panel): Dashboard {
  const good = goodDashboard();
  return { ...good, panels: good.panels.map((one) => (one.title === "By status" ? change(one) : one)) };
}

const query = (change: Partial<Target>): Dashboard =>
  panel((one) => ({ ...one, targets: (one.targets ?? []).map((target) => ({ ...target, ...change })) }));

const expr = (text: string) => query({ expr: text });

const sql = (text: string): Dashboard => {
  const good = goodDashboard();
  const panels = good.panels.map((one) =>
    one.title === "Orders" ? { ...one, targets: one.targets?.map((target) => ({ ...target, rawSql: text })) } : one,
  );
  return { ...good, panels };
};

const A = "Shop / By status / A";

/** Rule, what is changed, the dashboard, and all that is then found. */
const MUTATIONS: readonly (readonly [string, string, Dashboard, string])[] = [
  [
    "addressed",
    "another uid",
    { ...goodDashboard(), uid: "store" },
    'Shop: the uid "store" is not the name of its file, shop.json',
  ],
  [
    "addressed",
    "no tag",
    { ...goodDashboard(), tags: ["shop"] },
    'Shop: the dashboard needs the tag "proving-ground": the links go by it',
  ],
  [
    "addressed",
    "no links",
    { ...goodDashboard(), links: [] },
    'Shop: the dashboard needs a link to all with the tag "proving-ground"',
  ],
  ["addressed", "no description", { ...goodDashboard(), description: " " }, "Shop: the dashboard needs a description"],
  ["told", "no title", panel((one) => ({ ...one, title: "" })), "Shop / : the panel needs a title"],
  [
    "told",
    "no description",
    panel(({ description: _, ...one }) => one),
    "Shop / By status: the panel needs a description: what is shown and what to make of it",
  ],
  [
    "told",
    "no unit",
    panel((one) => ({ ...one, fieldConfig: { defaults: {} } })),
    'Shop / By status: the panel needs a unit; "none" where it has none',
  ],
  ["told", "no query", panel((one) => ({ ...one, targets: [] })), "Shop / By status: the panel needs a query"],
  [
    "distinct",
    "the id of another",
    panel((one) => ({ ...one, id: 1 })),
    "Shop / By status: another panel has the id 1 as well",
  ],
  [
    "distinct",
    "no id",
    panel(({ id: _, ...one }) => one),
    "Shop / By status: the panel has no id: links to it would break",
  ],
  [
    "distinct",
    "the title of another",
    {
      ...goodDashboard(),
      panels: goodDashboard().panels.map((one) => (one.id === 3 ? { ...one, title: "By status" } : one)),
    },
    "Shop / By status: another panel of the dashboard is called so as well",
  ],
  [
    "placed",
    "too wide",
    panel((one) => ({ ...one, gridPos: { x: 13, y: 20, w: 12, h: 8 } })),
    "Shop / By status: the panel does not fit into the grid's 24 columns",
  ],
  [
    "placed",
    "over another",
    panel((one) => ({ ...one, gridPos: { x: 0, y: 0, w: 12, h: 8 } })),
    'Shop / By status: the panel lies over "Requests"',
  ],
  [
    "sources",
    "a uid written out",
    panel((one) => ({ ...one, datasource: { type: "prometheus", uid: "prometheus" } })),
    'Shop / By status: the data source prometheus "prometheus" is not named by $datasource or $postgres',
  ],
  [
    "sources",
    "none named",
    panel(({ datasource: _, ...one }) => one),
    "Shop / By status: a data source is not named: Grafana would ask its default one",
  ],
  [
    "variables",
    "an unknown variable",
    expr('sum by (status) (rate(requests_total{route=~"$rout"}[$__rate_interval]))'),
    `${A}: the dashboard has no variable "rout"`,
  ],
  [
    "parses",
    "a parenthesis too few",
    expr("sum by (status) (rate(requests_total[$__rate_interval])"),
    `${A}: the PromQL ends too early: sum by (status) (rate(requests_total[$__rate_interval])`,
  ],
  [
    "intervals",
    "a rate over a fixed time",
    expr("sum by (status) (rate(requests_total[5m]))"),
    `${A}: rate() is not taken over $__rate_interval`,
  ],
  [
    "intervals",
    "an increase over a fixed time",
    expr("sum by (status) (increase(requests_total[5m]))"),
    `${A}: increase() is not taken over $__rate_interval or $__range`,
  ],
  [
    "names",
    "a metric misspelt",
    expr("sum by (status) (rate(request_total[$__rate_interval]))"),
    [
      `${A}: nothing has the metric request_total; did you mean requests_total?`,
      `${A}: no metric of the query has the label status`,
      `${A}: the legend's label status is on no metric of the query`,
    ].join("\n"),
  ],
  [
    "names",
    "a label misspelt",
    expr('sum by (status) (rate(requests_total{rout="/"}[$__rate_interval]))'),
    `${A}: requests_total has no label rout; did you mean route?`,
  ],
  [
    "names",
    "grouped by a label that is not there",
    expr("sum by (status, zone) (rate(requests_total[$__rate_interval]))"),
    `${A}: no metric of the query has the label zone`,
  ],
  [
    "names",
    "a legend by a label that is not there",
    query({ legendFormat: "{{status}} {{zone}}" }),
    `${A}: the legend's label zone is on no metric of the query`,
  ],
  ["legends", "no legend", query({ legendFormat: "" }), `${A}: the query has no legend: Grafana would show all labels`],
  [
    "legends",
    "the legend of another query",
    panel((one) => ({ ...one, targets: ["A", "B"].map((refId) => ({ ...one.targets?.[0], refId })) })),
    'Shop / By status / B: another query of the panel is "{{status}}" as well',
  ],
  ["sql", "a statement that writes", sql("DELETE FROM orders"), "Shop / Orders / A: the query is not one SELECT"],
  ["sql", "two statements", sql("SELECT 1; SELECT 2"), "Shop / Orders / A: the query is not one SELECT"],
];

const found = (dashboard: Dashboard, rule?: string) =>
  lint(dashboard, "shop.json", KNOWN).filter((finding) => rule === undefined || finding.rule === rule);

describe("lint", () => {
  it("finds nothing wrong with a good dashboard", () => {
    expect(found(goodDashboard())).toEqual([]);
  });

  it.each(MUTATIONS)("%s: %s", (rule, _, dashboard, text) => {
    expect(
      found(dashboard, rule)
        .map((finding) => `${finding.place}: ${finding.text}`)
        .join("\n"),
    ).toBe(text);
  });

  it("has a mutation for every rule", () => {
    expect(new Set(MUTATIONS.map(([rule]) => rule))).toEqual(new Set(RULES.map(({ name }) => name)));
  });

  it("takes increase() over the time shown, and avg_over_time() over any", () => {
    expect(found(expr("sum by (status) (increase(requests_total[$__range]))"))).toEqual([]);
    expect(found(expr("sum by (status) (avg_over_time(requests_total[7m]))"))).toEqual([]);
  });
});

describe("readKnown", () => {
  it("reads metrics with their labels, those of every scrape among them", () => {
    const known = readKnown(["# a list\na_total x\n\n", "a_total y\n"]);
    expect([...(known.get("a_total") ?? [])]).toEqual(["job", "instance", "x", "y"]);
    expect(known.has("up")).toBe(true);
    expect(known.has("#")).toBe(false);
  });
});

describe("recordedBy", () => {
  it("lists what rules record, and no alerts", () => {
    const rules =
      "groups: [{ name: g, rules: [{ record: 'a:b', expr: '1', labels: { objective: o } }, { alert: A, expr: '1' }] }]";
    expect(recordedBy(rules)).toBe("a:b objective");
  });
});
