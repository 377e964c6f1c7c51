import { type Clock, readClocks, targetKey } from "./clock.ts";
import type { Block } from "./coarse.ts";
import type { Fetched, FetchFailure, RawSeries } from "./fetched.ts";
import { inOrder } from "./in-order.ts";
import type { LaggingSeries } from "./lagging.ts";
import { labelTest } from "./match.ts";
import { CLOCK_METRIC, PROCESS_START_METRIC } from "./resource-sources.ts";
import { parseSelector } from "./selector.ts";
import { type Watched, watchedOf } from "./watched.ts";

type RangeAnswer = Fetched["ranges"][number];

/** What was fetched, by metric name, with the clocks read from it. */
export interface Answers {
  readonly clocks: ReadonlyMap<string, Clock>;
  readonly watched: Watched;
  /** Series of plain numbers. */
  readonly seriesOf: (metric: string) => readonly RawSeries[];
  /** Those of one target (`targetKey`). */
  readonly seriesAt: (metric: string, target: string) => readonly RawSeries[];
  /** Native histograms of that name. */
  readonly histogramsOf: (metric: string) => readonly RawSeries[];
  /** The blocks of a target (`targetKey`) of which only the last samples were fetched. */
  readonly thinnedOf: (target: string) => readonly Block[];
  /** The first failure among the metrics, or among what every clock needs. */
  readonly failureOf: (metrics: readonly string[]) => FetchFailure | null;
  readonly lagging: readonly LaggingSeries[];
  /** Whether anything lags could not be had. */
  readonly laggingFailure: FetchFailure | null;
}

function notFetched(metric: string): FetchFailure {
  return {
    request: metric,
    code: "not-fetched",
    text: `${metric} was not asked for; fetch again with these objectives.`,
  };
}

/** A cache or a proxy that mixes answers up must not tell of something else than was asked. */
function asAsked(answer: RangeAnswer): RangeAnswer {
  if (answer.kind === "failure") return answer;
  const { request, result } = answer;
  const parsed = parseSelector(request.selector);
  if (parsed.kind !== "ok") return answer;
  const test = labelTest(parsed.value.matchers);
  const other = result.find(({ labels }) => (labels.__name__ ?? request.metric) !== request.metric || !test(labels));
  if (other === undefined) return answer;
  const name = JSON.stringify(other.labels).slice(0, 200);
  const text = `Prometheus was asked for ${request.selector} and answered with ${name}: does a cache or a proxy mix answers up?`;
  return { kind: "failure", request, failure: { request: request.metric, code: "bad-answer", text } };
}

/** Looks each metric through once, however many ask for it. */
export function indexed(read: (metric: string) => readonly RawSeries[]): Pick<Answers, "seriesOf" | "seriesAt"> {
  const known = new Map<string, readonly RawSeries[]>();
  const groups = new Map<string, ReadonlyMap<string, readonly RawSeries[]>>();
  const seriesOf = (metric: string) => {
    const series = known.get(metric) ?? read(metric);
    known.set(metric, series);
    return series;
  };
  const seriesAt = (metric: string, target: string) => {
    const group = groups.get(metric) ?? Map.groupBy(seriesOf(metric), ({ labels }) => targetKey(labels));
    groups.set(metric, group);
    return group.get(target) ?? [];
  };
  return { seriesOf, seriesAt };
}

export function readAnswers(fetched: Fetched): Answers {
  const ordered = fetched.ranges
    .map(asAsked)
    .map((one) => (one.kind === "answer" ? { ...one, result: one.result.map(inOrder) } : one));
  const answers = new Map(ordered.map((answer) => [answer.request.metric, answer]));
  const read = (metric: string, native: boolean): readonly RawSeries[] => {
    const answer = answers.get(metric);
    if (answer?.kind !== "answer") return [];
    return answer.result.filter(({ histograms }) => (histograms !== undefined) === native);
  };
  const { seriesOf, seriesAt } = indexed((metric) => read(metric, false));
  const thinned = new Map(fetched.thinned?.map(({ target, blocks }) => [target, blocks]));
  const clocks = readClocks(seriesOf(CLOCK_METRIC), seriesOf(PROCESS_START_METRIC));
  return {
    clocks,
    watched: watchedOf(clocks.values()),
    seriesOf,
    seriesAt,
    histogramsOf: (metric) => read(metric, true),
    lagging: fetched.lagging?.kind === "answer" ? fetched.lagging.series : [],
    laggingFailure: fetched.lagging?.kind === "failure" ? fetched.lagging.failure : null,
    thinnedOf: (target) => thinned.get(target) ?? [],
    failureOf: (metrics) => {
      for (const metric of [CLOCK_METRIC, PROCESS_START_METRIC, ...metrics]) {
        const answer = answers.get(metric);
        if (answer === undefined) return notFetched(metric);
        if (answer.kind === "failure") return answer.failure;
      }
      return null;
    },
  };
}
