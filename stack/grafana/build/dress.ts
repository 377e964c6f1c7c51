import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  type FieldColor,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { POSTGRES, PROMETHEUS } from "./names.ts";
import type { Panel, States, Step } from "./spec.ts";
import { promTarget, type Shape, sqlTarget } from "./target.ts";

/** What the SDK's panel builders, a class each without a common one, have in common. */
interface Dressable {
  title(title: string): unknown;
  description(description: string): unknown;
  datasource(source: DataSourceRef): unknown;
  unit(unit: string): unknown;
  span(columns: number): unknown;
  height(rows: number): unknown;
  min(value: number): unknown;
  max(value: number): unknown;
  decimals(places: number): unknown;
  thresholds(thresholds: Builder<ThresholdsConfig>): unknown;
  colorScheme(color: Builder<FieldColor>): unknown;
  mappings(mappings: ValueMapping[]): unknown;
  withTarget(target: Builder<Dataquery>): unknown;
}

const HEIGHT = { stat: 4, bars: 8, table: 8, heatmap: 8, states: 6, sql: 8, "time series": 8 } as const;

const SHAPE: Record<Exclude<Panel["kind"], "sql">, Shape> = {
  "time series": "range",
  states: "range",
  heatmap: "heatmap",
  stat: "instant",
  bars: "instant",
  table: "table",
};

/** Everything that panels of any kind carry. */
export function dress<B extends Dressable>(builder: B, panel: Panel): B {
  builder.title(panel.title);
  builder.description(panel.description);
  builder.unit(panel.unit);
  builder.span(panel.width);
  builder.height(panel.height ?? HEIGHT[panel.kind]);
  builder.datasource(panel.kind === "sql" ? { ...POSTGRES } : { ...PROMETHEUS });
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  builder.thresholds(thresholds(panel.steps ?? [], panel.base ?? "green"));
  if ("texts" in panel && panel.texts !== undefined) builder.mappings([mapping(panel.texts)]);
  if (panel.kind === "sql") {
    builder.withTarget(sqlTarget(panel));
    return builder;
  }
  panel.queries.forEach((query, index) => {
    builder.withTarget(promTarget(query, index, SHAPE[panel.kind], panel.every));
  });
  return builder;
}

/** Values in colors by the panel's thresholds, where a color is to mean something. */
export function byThresholds(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

/** A color that stays with a series' name, whichever others are shown. */
export function byName(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName);
}

function thresholds(steps: readonly Step[], base: Step["color"]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...steps.map(({ from, color }) => ({ value: from, color }))]);
}

function mapping(texts: States["texts"]): ValueMapping {
  const options = texts.map(({ value, text, color }, index) => [value, { text, color, index }] as const);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}
