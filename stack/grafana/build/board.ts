import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { GRAFANA, PHASE_TAG, PROMETHEUS, TAG } from "./names.ts";
import { panelOf } from "./panel.ts";
import type { Board } from "./spec.ts";
import { untyped } from "./target.ts";
import { labelVariable, sourceVariable } from "./variables.ts";

/** A dashboard in Grafana's classic form, as a file for its provisioning. The same board is always the same text. */
export function dashboardOf(board: Board): Dashboard {
  const builder = new DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG, ...board.tags])
    .time({ from: board.from, to: "now" })
    .refresh(board.refresh)
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .version(1)
    .link(linksToAll())
    .withVariable(sourceVariable("datasource", "Prometheus", "prometheus"));
  if (board.postgres === true) builder.withVariable(sourceVariable("postgres", "PostgreSQL", "postgres"));
  for (const variable of board.variables) builder.withVariable(labelVariable(variable));
  for (const annotation of [runPhases(), firingAlerts()]) builder.annotation(annotation);
  for (const row of board.rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return inTheOpen(numbered(builder.build()));
}

/** The SDK leaves most ids to Grafana, which then numbers anew at every change: links to a panel would break. */
function numbered(dashboard: Dashboard): Dashboard {
  return { ...dashboard, panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })) };
}

/** The SDK puts links and annotations away into a menu unless `placement` is left out altogether. */
function inTheOpen(dashboard: Dashboard): Dashboard {
  const links = (dashboard.links ?? []).map(({ placement: _, ...link }) => link);
  const list = (dashboard.annotations?.list ?? []).map(({ placement: _, ...annotation }) => annotation);
  return { ...dashboard, links, annotations: { ...dashboard.annotations, list } };
}

function linksToAll(): DashboardLinkBuilder {
  return new DashboardLinkBuilder("Proving Ground")
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .tooltip("The other dashboards, at the same time range")
    .keepTime(true)
    .asDropdown(false);
}

function runPhases(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Run phases")
    .datasource({ ...GRAFANA })
    .enable(true)
    .iconColor("blue")
    .target(untyped({ limit: 200, matchAny: false, tags: [PHASE_TAG], type: "tags" }));
}

function firingAlerts(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Alerts")
    .datasource({ ...PROMETHEUS })
    .enable(true)
    .iconColor("red")
    .expr('ALERTS{alertstate="firing",severity!="none"}')
    .titleFormat("{{alertname}}")
    .textFormat("{{severity}} {{job}} {{instance}}")
    .tagKeys("severity,alertname")
    .step("10s");
}
