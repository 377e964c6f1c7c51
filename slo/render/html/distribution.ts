import type { CounterEvidence } from "../../core/evidence.ts";
import { formatAmount, formatCount, formatDuration, formatShare } from "../../core/format.ts";
import { type Edges, edgesOf } from "../../core/quantile.ts";
import type { ReportedObjective } from "../../core/report.ts";
import type { Sums } from "../../core/spans.ts";
import { limitText } from "../phrases.ts";
import { linearAxis } from "./axis.ts";
import { html, type Markup } from "./markup.ts";
import { type Marking, place, plot, SQUARE } from "./plot.ts";

interface Bin {
  readonly lower: number;
  /** null: above the last edge. */
  readonly upper: number | null;
  readonly count: number;
}

/** Requests by the bucket they fell into, with the limit and the quantile's interval. */
export function distribution(objective: ReportedObjective, evidence: CounterEvidence, sums: Sums): Markup | null {
  const edges = edgesOf(evidence);
  if (edges === null || sums.total === 0) return null;
  const all = binsOf(edges, sums);
  const bins = trimmed(all, objective.limit.value);
  const most = bins.reduce((top, { count }) => Math.max(top, count), 0);
  const y = linearAxis(most / sums.total, "ratio");
  const at = positions(bins);
  const limit = objective.limit.value;
  const outside = all.length - bins.length;
  const title = "Distribution";
  return html`<figure><figcaption>${title}</figcaption>${plot({
    title,
    description: `${title}: ${bins.length} buckets, in the table below`,
    y,
    yText: "share of requests in each bucket",
    x: [0, ...bins.map((_, index) => index + 1)].flatMap((index) => edgeTick(bins, index)),
    xText: xText(objective, outside),
    bands: intervalBand(objective, at),
    shapes: bins.flatMap((bin, index) => bar(bin, index, bins.length, y.at(bin.count / sums.total), limit)),
    limit: { along: "x", at: at(limit), text: `limit ${formatDuration(limit)}` },
  })}${table(bins, sums, limit, limitText(objective))}</figure>`;
}

function binsOf({ edges, least }: Edges, sums: Sums): readonly Bin[] {
  return [...edges, null].map((upper, index) => ({
    lower: edges[index - 1] ?? 0,
    upper,
    count: least(sums, index) - least(sums, index - 1),
  }));
}

/** Without the empty ones outside, but for one on each side and those around the limit. */
function trimmed(bins: readonly Bin[], limit: number): readonly Bin[] {
  const wanted = bins.flatMap(({ lower, upper, count }, index) =>
    count > 0 || (lower <= limit && (upper === null || limit <= upper)) ? [index] : [],
  );
  const first = wanted.at(0) ?? 0;
  const last = wanted.at(-1) ?? bins.length - 1;
  return bins.slice(Math.max(0, first - 1), last + 2);
}

/** Where a time stands among the bins, 0..1: bins are equally wide, and a time within one stands by its share of it. */
function positions(bins: readonly Bin[]): (seconds: number) => number {
  return (seconds) => {
    const index = bins.findIndex(({ upper }) => upper === null || seconds <= upper);
    if (index === -1) return 1;
    const { lower, upper } = bins[index] ?? { lower: 0, upper: null };
    const within = upper === null ? (seconds > lower ? 0.5 : 0) : (seconds - lower) / (upper - lower);
    return (index + Math.min(1, Math.max(0, within))) / bins.length;
  };
}

function edgeTick(bins: readonly Bin[], index: number): readonly { at: number; text: string }[] {
  const value = index === 0 ? bins[0]?.lower : bins[index - 1]?.upper;
  if (value === undefined || value === null) return [];
  return [{ at: index / bins.length, text: formatDuration(value) }];
}

function xText({ measured, limit }: ReportedObjective, outside: number): string {
  const far = outside > 0 ? [`${formatAmount(outside, "empty bucket")} further out not drawn`] : [];
  const shaded =
    measured === null || limit.percentile === undefined ? [] : [`shaded: where the p${limit.percentile} is`];
  return ["time a request took, by the histogram's edges", ...shaded, ...far].join(" · ");
}

function intervalBand({ measured, limit }: ReportedObjective, at: (seconds: number) => number): readonly Marking[] {
  if (measured === null || limit.percentile === undefined) return [];
  const { lower, upper } = measured;
  const [from, to] = [lower === null ? 0 : at(lower), upper === null ? 1 : at(upper)];
  return [{ from, to, name: `p${limit.percentile}`, tone: "interval" }];
}

const GAP = 0.08;
/** A bucket with one request of thousands must show as well. */
const LEAST = 0.012;

function bar({ lower, count }: Bin, index: number, bins: number, share: number, limit: number): readonly Markup[] {
  if (count <= 0) return [];
  const tall = place(Math.max(LEAST, share));
  const tone = lower >= limit * (1 - 1e-9) ? "bad" : "good";
  const x = place((index + GAP / 2) / bins);
  return [
    html`<rect class="bar ${tone}" x="${x}" y="${SQUARE - tall}" width="${place((1 - GAP) / bins)}" height="${tall}"/>`,
  ];
}

function table(bins: readonly Bin[], sums: Sums, limit: number, text: string): Markup {
  const rows = bins.map(({ lower, upper, count }, index) => {
    const name =
      upper === null ? `over ${formatDuration(lower)}` : `${formatDuration(lower)} – ${formatDuration(upper)}`;
    const side = lower >= limit * (1 - 1e-9) ? `beyond ${text}` : "";
    return html`<tr data-x="${place((index + 0.5) / bins.length)}"><th scope="row">${name}</th><td>${formatCount(Math.round(count))}</td><td>${formatShare(count / sums.total)}</td><td>${side}</td></tr>`;
  });
  return html`<details class="values"><summary>Values</summary><div class="scroll" tabindex="0" role="group" aria-label="Values"><table><thead><tr><th scope="col">took</th><th scope="col">requests</th><th scope="col">share</th><th scope="col">limit</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
