import { queriesOf } from "../../read/queries.ts";
import { referred } from "../../read/substitute.ts";
import type { Finding, Rule } from "../finding.ts";
import { placeOf, promql } from "../place.ts";

/** Grafana's own, as far as we use them. */
const GLOBAL = new Set(["__rate_interval", "__interval", "__range"]);

/** Every variable that a query, a title or another variable refers to is there. */
export const variables: Rule = {
  name: "variables",
  check: (dashboard) => {
    const list = dashboard.templating?.list ?? [];
    const known = new Set([...GLOBAL, ...list.map(({ name }) => name)]);
    const texts = [
      ...queriesOf(dashboard).map((query) => ({ place: placeOf(dashboard, query), text: query.text })),
      ...list.map(({ name, query }) => ({
        place: `${dashboard.title} / variable ${name}`,
        text: JSON.stringify(query),
      })),
    ];
    return texts.flatMap(({ place, text }) =>
      referred(text)
        .filter((name) => !known.has(name))
        .map((name): Finding => ({ rule: "variables", place, text: `the dashboard has no variable "${name}"` })),
    );
  },
};

/** Lines that are told apart: every query of a panel but a table's has a legend, and no two the same. */
export const legends: Rule = {
  name: "legends",
  check: (dashboard) => {
    const seen = new Set<string>();
    return promql(dashboard).flatMap((query): readonly Finding[] => {
      const { panel } = query;
      if (panel.type === "table") return [];
      const legend = panel.targets?.find(({ refId }) => refId === query.refId)?.legendFormat ?? "";
      const place = placeOf(dashboard, query);
      if (legend === "")
        return [{ rule: "legends", place, text: "the query has no legend: Grafana would show all labels" }];
      const key = `${panel.id}\n${legend}`;
      if (seen.has(key)) return [{ rule: "legends", place, text: `another query of the panel is "${legend}" as well` }];
      seen.add(key);
      return [];
    });
  },
};

/** SQL only reads. */
export const sql: Rule = {
  name: "sql",
  check: (dashboard) =>
    queriesOf(dashboard)
      .filter(({ language, text }) => language === "sql" && (!/^SELECT\s/.test(text) || text.includes(";")))
      .map((query) => ({ rule: "sql", place: placeOf(dashboard, query), text: "the query is not one SELECT" })),
};
