import { targetKey, toMs } from "../../core/clock.ts";
import type { Block, CoarsePlan } from "../../core/coarse.ts";
import type { RangeRequest, RawSeries } from "../../core/fetched.ts";
import { labelsKey } from "./merge.ts";
import { inParts, narrowed } from "./parts.ts";
import type { Ask } from "./read-raw.ts";

/** Blocks that follow one upon the other. */
type Stretch = readonly Block[];

/** The request's blocks, in stretches without a hole. */
export function stretches(blocks: readonly Block[], { from, to }: { from: number; to: number }): readonly Stretch[] {
  const all: Block[][] = [];
  for (const block of blocks) {
    if (block.from < from || block.to > to) continue;
    const last = all.at(-1);
    if (last?.at(-1)?.to === block.from) last.push(block);
    else all.push([block]);
  }
  return all;
}

/** `expression` at each block's end; Prometheus takes a subquery's steps from multiples of its step. */
async function atSteps(
  ask: Ask,
  stretch: Stretch,
  { step }: CoarsePlan,
  expression: (matchers: readonly string[]) => string,
): Promise<RawSeries[]> {
  const whole = { first: 0, last: stretch.length - 1, least: 1 };
  return await inParts(whole, async ({ first, last, matchers }) => {
    const range = `(${expression(matchers)})[${(last - first) * step + 1}ms:${step}ms]`;
    // Beyond a step nothing is looked for: what is older belongs to another block.
    return (await ask(range, (stretch[last]?.to ?? 0) / 1000, step / 1000)).series;
  });
}

/** The last sample of each series in each block, with its own time. */
export async function lastSamples(
  ask: Ask,
  request: RangeRequest,
  stretch: Stretch,
  plan: CoarsePlan,
): Promise<RawSeries[]> {
  const selector = (matchers: readonly string[]) => narrowed(request.selector, matchers);
  const [values, stamps] = [
    await atSteps(ask, stretch, plan, selector),
    await atSteps(ask, stretch, plan, (matchers) => `timestamp(${selector(matchers)})`),
  ];
  const stampOf = new Map(stamps.map((one) => [labelsKey(one.labels), one]));
  return values.map((series) => stamped(series, stampOf.get(labelsKey(series.labels)), plan.step));
}

/** A step tells of the last sample before it; that sample stands under its own time, and only in the step's block. */
function stamped(series: RawSeries, stamps: RawSeries | undefined, step: number): RawSeries {
  const told = new Map(stamps?.times.map((time, index) => [toMs(time), stamps.values[index] ?? Number.NaN]));
  const kept = series.times.flatMap((time, index) => {
    const own = told.get(toMs(time));
    return own !== undefined && toMs(own) > toMs(time) - step ? [{ own, index }] : [];
  });
  const floats = {
    labels: series.labels,
    times: kept.map(({ own }) => own),
    values: kept.map(({ index }) => series.values[index] ?? Number.NaN),
  };
  const { histograms } = series;
  if (histograms === undefined) return floats;
  return { ...floats, histograms: kept.flatMap(({ index }) => histograms[index] ?? []) };
}

/**
 * PromQL that is there for a target where one of its series, in a block or just before it, has not a whole and finite
 * sample at every successful scrape, or fell. Said the other way round, what is not known to be regular is irregular:
 * series without an `up`, or with times of their own.
 */
function irregularity(selector: string, clock: string, range: string): string {
  const [one, up] = [`${selector}[${range}]`, `${clock}[${range}]`];
  const scraped = `count_over_time(${one}) == on (job, instance) group_left () sum_over_time(${up})`;
  const whole = `(sum_over_time(${one}) % 1 == 0) or (histogram_count(sum_over_time(${one})) % 1 == 0)`;
  return `count by (job, instance) (count_over_time(${one}) unless ((${scraped}) and (resets(${one}) == 0) and (${whole})))`;
}

/** Targets that have something irregular, by the ends of their blocks. */
export async function irregularTargets(
  ask: Ask,
  { request, clock }: { readonly request: RangeRequest; readonly clock: string },
  stretch: Stretch,
  plan: CoarsePlan,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const range = `${plan.step + plan.overlap}ms`;
  const found = await atSteps(ask, stretch, plan, (matchers) =>
    irregularity(narrowed(request.selector, matchers), clock, range),
  );
  const byEnd = new Map<number, string[]>();
  for (const { labels, times } of found) {
    const key = targetKey(labels);
    for (const time of times) byEnd.set(toMs(time), [...(byEnd.get(toMs(time)) ?? []), key]);
  }
  return byEnd;
}

/** How many series the selector has in the stretch, seen once a block. */
export async function countSeries(
  ask: Ask,
  request: RangeRequest,
  stretch: Stretch,
  plan: CoarsePlan,
): Promise<number> {
  const range = `${stretch.length * plan.step}ms:${plan.step}ms`;
  const { series } = await ask(
    `count(count_over_time(${request.selector}[${range}]))`,
    (stretch.at(-1)?.to ?? 0) / 1000,
  );
  return series[0]?.values[0] ?? 0;
}
