import { PanelBuilder as BarsBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Panel as BuiltPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  PanelBuilder as HeatmapBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StatesBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { byName, byThresholds, dress } from "./dress.ts";
import type { Panel, Table, TimeSeries } from "./spec.ts";

export function panelOf(panel: Panel): Builder<BuiltPanel> {
  switch (panel.kind) {
    case "time series":
      return timeSeries(panel);
    case "stat":
      return dress(new StatBuilder(), panel)
        .colorScheme(byThresholds())
        .colorMode(BigValueColorMode.Value)
        .graphMode(BigValueGraphMode.None)
        .reduceOptions(lastValue());
    case "bars":
      return dress(new BarsBuilder(), panel)
        .colorScheme(byThresholds())
        .displayMode(BarGaugeDisplayMode.Basic)
        .orientation(VizOrientation.Horizontal)
        .reduceOptions(lastValue());
    case "table":
      return table(panel);
    case "heatmap":
      return dress(new HeatmapBuilder(), panel)
        .calculate(false)
        .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme("Oranges").steps(64).exponent(0.5))
        .yAxis(new YAxisConfigBuilder().unit(panel.unit));
    case "states":
      return dress(new StatesBuilder(), panel)
        .colorScheme(byThresholds())
        .mergeValues(true)
        .showValue(VisibilityMode.Auto);
    case "sql":
      return dress(new TableBuilder(), panel).colorScheme(byThresholds()).filterable(true);
    default:
      return panel satisfies never;
  }
}

function timeSeries(panel: TimeSeries): TimeSeriesBuilder {
  const builder = dress(new TimeSeriesBuilder(), panel)
    .colorScheme(byName())
    .lineWidth(1)
    .fillOpacity(panel.stacked === true ? 40 : 8)
    .showPoints(VisibilityMode.Never)
    .legend(legend(panel.table === true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (panel.stacked === true) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (panel.steps !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  if (panel.dashed !== undefined) {
    builder.overrideByRegexp(panel.dashed, [
      { id: "custom.lineStyle", value: { fill: "dash", dash: [8, 6] } },
      { id: "custom.fillOpacity", value: 0 },
      { id: "custom.stacking", value: { mode: "none" } },
    ]);
  }
  return builder;
}

function legend(asTable: boolean): VizLegendOptionsBuilder {
  const options = new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom);
  return asTable
    ? options.displayMode(LegendDisplayMode.Table).calcs(["mean", "max", "lastNotNull"])
    : options.displayMode(LegendDisplayMode.List).calcs([]);
}

const lastValue = () => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false);

/** Columns named and in order; what Prometheus adds (`Time`, other labels) is left out. */
function table(panel: Table): TableBuilder {
  const names = Object.keys(panel.columns);
  return dress(new TableBuilder(), panel)
    .colorScheme(byThresholds())
    .filterable(true)
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({ id: "filterFieldsByName", options: { include: { names } } })
    .withTransformation({
      id: "organize",
      options: {
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: panel.columns,
      },
    });
}
