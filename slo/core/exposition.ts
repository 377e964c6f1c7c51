import { decodePromqlString } from "./promql-string.ts";

/** A page of metrics in Prometheus' text format (0.0.4, or OpenMetrics): which series it shows, and what it declares. */
export interface Exposition {
  readonly series: readonly { readonly metric: string; readonly labels: Readonly<Record<string, string>> }[];
  /** Names of series that its `# TYPE` lines promise, with or without one yet. */
  readonly declared: readonly string[];
}

const TYPE = /^#\s*TYPE\s+(?:"((?:[^"\\]|\\.)+)"|(\S+))\s+(\S+)/;
const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /\s*(?:([a-zA-Z_][a-zA-Z0-9_]*)|("(?:[^"\\]|\\.)*"))\s*(?:=\s*("(?:[^"\\]|\\.)*")\s*)?(?:,|(?=\}))\s*/y;
/** As Prometheus reads it, with Go's ParseFloat: `Inf` and `NaN` in any case. prom-client writes `Nan`. */
const VALUE = /\s+(?:[+-]?(?:inf(?:inity)?|nan)|[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)(?:\s|$)/iy;

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ["_bucket", "_count", "_sum"],
  summary: ["_count", "_sum"],
  counter: ["_total"],
};

/** null where a line is none of the format's: then it is no such page. */
export function readExposition(text: string): Exposition | null {
  const series: Exposition["series"][number][] = [];
  const declared = new Set<string>();
  for (const untrimmed of text.split("\n")) {
    const line = untrimmed.trim();
    if (line === "") continue;
    if (line.startsWith("#")) {
      const [, quoted, plain, type = ""] = TYPE.exec(line) ?? [];
      const name = quoted ?? plain;
      if (name === undefined) continue;
      for (const suffix of ["", ...(SUFFIXES[type] ?? [])]) declared.add(name + suffix);
      continue;
    }
    const one = readSeries(line);
    if (one === null) return null;
    series.push(one);
  }
  return series.length === 0 && declared.size === 0 ? null : { series, declared: [...declared] };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readSeries(line: string): Exposition["series"][number] | null {
  const name = matchAt(NAME, line, 0)?.[0] ?? "";
  const braced = /^\s*\{\s*/.exec(line.slice(name.length))?.[0];
  if (braced === undefined) return valueAt(line, name.length) ? { metric: name, labels: {} } : null;
  return readLabels(line, name.length + braced.length, name);
}

function valueAt(line: string, at: number): boolean {
  return matchAt(VALUE, line, at) !== null;
}

/** A quoted name without a value is the metric's own, as of `{"http.requests",code="200"} 1`. */
function readLabels(line: string, start: number, name: string): Exposition["series"][number] | null {
  const labels: Record<string, string> = {};
  let [at, metric] = [start, name];
  while (line[at] !== "}") {
    const found = matchAt(LABEL, line, at);
    if (found === null) return null;
    const [all, plain, quoted, literal] = found;
    const label = plain ?? unquoted(quoted);
    if (label === null) return null;
    if (literal === undefined) {
      if (plain !== undefined || metric !== "") return null;
      metric = label;
    } else {
      const value = unquoted(literal);
      if (value === null) return null;
      labels[label] = value;
    }
    at += all.length;
  }
  return metric !== "" && valueAt(line, at + 1) ? { metric, labels } : null;
}

function unquoted(literal: string | undefined): string | null {
  if (literal === undefined) return null;
  const decoded = decodePromqlString(literal);
  return decoded.kind === "ok" ? decoded.value : null;
}
