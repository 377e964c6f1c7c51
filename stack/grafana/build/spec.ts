/** Grafana's unit ids: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
export type Unit =
  | "short"
  | "none"
  | "s"
  | "percentunit"
  | "bytes"
  | "Bps"
  | "reqps"
  | "ops"
  | "cps"
  | "dateTimeFromNow"
  | "suffix: cores"
  | "suffix: per min";

/** Green below the first; each step's color holds from its value on, in the panel's unit. */
export interface Step {
  readonly from: number;
  readonly color: "green" | "yellow" | "orange" | "red" | "blue";
}

/** One PromQL query of a panel; `legend` in Grafana's form, `{{label}}`. */
export interface PromQuery {
  readonly expr: string;
  readonly legend: string;
}

interface Common {
  readonly title: string;
  /** What is shown and what to make of it, in a sentence or two. */
  readonly description: string;
  readonly unit: Unit;
  /** Of 24 columns. */
  readonly width: number;
  readonly height?: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly steps?: readonly Step[];
  /** Color below the first step, where green is not what little of it means. */
  readonly base?: Step["color"];
}

interface Measured extends Common {
  readonly queries: readonly PromQuery[];
  /**
   * Scrape interval of what is asked, where it is not the data source's own: `$__rate_interval` is at least four of
   * them. https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
   */
  readonly every?: "1s" | "2s";
}

export interface TimeSeries extends Measured {
  readonly kind: "time series";
  readonly stacked?: boolean;
  /** Legend as a table with these reductions below the lines. */
  readonly table?: boolean;
  /** Series that match are drawn as dashed lines without filling: limits, what was offered. */
  readonly dashed?: string;
}

/** One number a query, the last of the time range. */
export interface Stat extends Measured {
  readonly kind: "stat";
  readonly texts?: readonly { readonly value: string; readonly text: string; readonly color: Step["color"] }[];
}

/** A bar a series, its last value. */
export interface Bars extends Measured {
  readonly kind: "bars";
}

/** A row a series of the range's end: labels and value as columns. */
export interface Table extends Measured {
  readonly kind: "table";
  /** Columns in order, label → heading; labels not named are left out. `Value` is the value (`Value #B` a second query's). */
  readonly columns: Readonly<Record<string, string>>;
}

/** A histogram over time; the query gives buckets by `le`, or a native histogram. */
export interface Heatmap extends Measured {
  readonly kind: "heatmap";
}

/** A line of colored spans a series. */
export interface States extends Measured {
  readonly kind: "states";
  readonly texts: readonly { readonly value: string; readonly text: string; readonly color: Step["color"] }[];
}

/** Rows that PostgreSQL itself returns. */
export interface Sql extends Common {
  readonly kind: "sql";
  readonly sql: string;
}

export type Panel = TimeSeries | Stat | Bars | Table | Heatmap | States | Sql;

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A template variable over a label's values. */
export interface LabelVariable {
  readonly name: string;
  readonly label: string;
  /** Such as `label_values(up{job="api"}, instance)`. */
  readonly query: string;
  /** `all`: any number of values, all of them at first. `one`: one value, this one at first. */
  readonly choice: { readonly kind: "all" } | { readonly kind: "one"; readonly first: string };
}

export interface Board {
  /** Also the file's name, and the last part of the address. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Grafana's relative time, such as `now-15m`. */
  readonly from: string;
  readonly refresh: string;
  readonly postgres?: boolean;
  readonly variables: readonly LabelVariable[];
  readonly rows: readonly Row[];
}
