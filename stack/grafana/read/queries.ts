import type { Dashboard, Panel } from "./dashboard.ts";
import { shown } from "./dashboard.ts";

/** One query of one panel. */
export interface PanelQuery {
  readonly dashboard: string;
  readonly panel: Panel;
  readonly refId: string;
  readonly text: string;
  readonly language: "promql" | "sql";
  readonly instant: boolean;
  /** Least step, as the panel asks for; undefined: the data source's. */
  readonly every: string | undefined;
}

export function queriesOf(dashboard: Dashboard): readonly PanelQuery[] {
  return shown(dashboard).flatMap((panel) =>
    (panel.targets ?? []).map(
      (target): PanelQuery => ({
        dashboard: dashboard.uid ?? dashboard.title,
        panel,
        refId: target.refId ?? "",
        text: target.expr ?? target.rawSql ?? "",
        language: target.rawSql === undefined ? "promql" : "sql",
        instant: target.instant === true,
        every: target.interval,
      }),
    ),
  );
}
