import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import { POSTGRES, PROMETHEUS } from "./names.ts";
import type { PromQuery, Sql } from "./spec.ts";

/** `A` for the first query of a panel, `B` for the second. */
const refId = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

export type Shape = "range" | "instant" | "table" | "heatmap";

export function promTarget(query: PromQuery, index: number, shape: Shape, every: string | undefined): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(refId(index))
    .datasource({ ...PROMETHEUS })
    .editorMode(QueryEditorMode.Code)
    .expr(query.expr)
    .legendFormat(query.legend);
  if (every !== undefined) builder.interval(every);
  switch (shape) {
    case "range":
      return builder.range();
    case "instant":
      return builder.instant();
    case "table":
      return builder.instant().format(PromQueryFormat.Table);
    case "heatmap":
      return builder.range().format(PromQueryFormat.Heatmap);
    default:
      return shape satisfies never;
  }
}

/** The SDK has no query of PostgreSQL: these are the fields that Grafana's own editor writes. */
export function sqlTarget({ sql }: Sql): Builder<Dataquery> {
  const fields = {
    refId: refId(0),
    datasource: { ...POSTGRES },
    editorMode: "code",
    format: "table",
    rawQuery: true,
    rawSql: sql,
  };
  return untyped(fields);
}

/** A query that the SDK has no builder for. */
export function untyped(fields: Readonly<Record<string, unknown>>): Builder<Dataquery> {
  return { build: () => ({ ...fields, _implementsDataqueryVariant: () => undefined }) };
}
