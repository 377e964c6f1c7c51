import type { Answers } from "./answers.ts";
import { targetKey } from "./clock.ts";
import { parseEdge } from "./edge.ts";
import type { RawSeries } from "./fetched.ts";
import { type Labels, labelTest } from "./match.ts";
import type { Selector } from "./objective.ts";
import { type Tally, tally } from "./tally.ts";
import type { Target } from "./targets.ts";

/** The series that a selector names, all of them and by target. */
export interface Found {
  readonly series: readonly RawSeries[];
  readonly at: (target: Target) => readonly RawSeries[];
}

/** Looks through what was fetched of the selector's metric. */
export function find(answers: Answers, selector: Selector): Found {
  const test = labelTest(selector.matchers);
  const series = answers.seriesOf(selector.metric).filter(({ labels }) => test(labels));
  const groups = Map.groupBy(series, ({ labels }) => targetKey(labels));
  return { series, at: ({ key }) => groups.get(key) ?? [] };
}

/** An edge that a newer Prometheus spells otherwise is the same one. */
function labelsKey({ le, ...others }: Labels): string {
  const labels = le === undefined ? others : { ...others, le: String(parseEdge(le)) };
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What each counter counted; the same label set twice is one counter with two answers, which `tally` finds. */
export function talliesOf(series: readonly RawSeries[], { clock, reach }: Target): readonly Tally[] {
  return [...Map.groupBy(series, ({ labels }) => labelsKey(labels)).values()].map((same) =>
    tally({ name: same[0]?.labels.__name__ ?? "a counter", series: same }, clock, reach),
  );
}
