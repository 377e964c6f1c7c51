import type { Dashboard } from "../read/dashboard.ts";
import { type PanelQuery, queriesOf } from "../read/queries.ts";
import { MARKS, substituted } from "../read/substitute.ts";

export const placeOf = (dashboard: Dashboard, { panel, refId }: PanelQuery): string =>
  `${dashboard.title} / ${panel.title} / ${refId}`;

export const promql = (dashboard: Dashboard): readonly PanelQuery[] =>
  queriesOf(dashboard).filter(({ language }) => language === "promql");

/** A query as Prometheus could read it: a word for each variable, durations that are found again for Grafana's own. */
export function readable(dashboard: Dashboard, text: string): string {
  const names = (dashboard.templating?.list ?? []).map(({ name }) => [name, "value"] as const);
  return substituted(text, MARKS, new Map(names));
}
