import type { Dashboard } from "../../read/dashboard.ts";
import { type KnownMetrics, readKnown } from "../known.ts";

const PROMETHEUS = { type: "prometheus", uid: "$datasource" };
const POSTGRES = { type: "grafana-postgresql-datasource", uid: "$postgres" };

export const KNOWN: KnownMetrics = readKnown([
  "requests_total route status # by hand\nlatency_seconds_bucket le route\n",
]);

/** A small dashboard that nothing is wrong with: a row, a line over time, a table by SQL. */
export function goodDashboard(): Dashboard {
  return {
    uid: "shop",
    title: "Shop",
    description: "How the shop does.",
    tags: ["proving-ground"],
    schemaVersion: 42,
    links: [{ type: "dashboards", tags: ["proving-ground"] }],
    templating: {
      list: [
        { type: "datasource", name: "datasource", query: "prometheus" },
        { type: "datasource", name: "postgres", query: "grafana-postgresql-datasource" },
        { type: "query", name: "route", query: { query: "label_values(requests_total, route)" } },
      ],
    },
    panels: [
      { id: 1, type: "row", title: "Requests", gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      {
        id: 2,
        type: "timeseries",
        title: "By status",
        description: "Requests per second.",
        gridPos: { x: 0, y: 1, w: 12, h: 8 },
        datasource: PROMETHEUS,
        fieldConfig: { defaults: { unit: "reqps" } },
        targets: [
          {
            refId: "A",
            datasource: PROMETHEUS,
            expr: 'sum by (status) (rate(requests_total{route=~"$route"}[$__rate_interval]))',
            legendFormat: "{{status}}",
          },
        ],
      },
      {
        id: 3,
        type: "table",
        title: "Orders",
        description: "Orders by state.",
        gridPos: { x: 12, y: 1, w: 12, h: 8 },
        datasource: POSTGRES,
        fieldConfig: { defaults: { unit: "short" } },
        targets: [{ refId: "A", datasource: POSTGRES, rawSql: "SELECT state, count(*) FROM orders GROUP BY state" }],
      },
    ],
  };
}
