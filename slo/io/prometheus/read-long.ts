import { type Clock, targetKey } from "../../core/clock.ts";
import { type Block, type CoarsePlan, restless, type Thinned, thinnedBlocks } from "../../core/coarse.ts";
import type { RangeRequest, RawSeries } from "../../core/fetched.ts";
import { encodePromqlString } from "../../core/promql-string.ts";
import { anyOf } from "../../core/selector-text.ts";
import { PrometheusFault } from "./fault.ts";
import { labelsKey, mergeSeries } from "./merge.ts";
import { isTooLarge, narrowed } from "./parts.ts";
import { countSeries, irregularTargets, lastSamples, stretches } from "./read-coarse.ts";
import { type Ask, readRaw, type Span, spanOf } from "./read-raw.ts";
import { sideBySide } from "./side-by-side.ts";

/** Samples of counters from which on a long phase is not read whole: some 15 MB as JSON. */
export const LONG_FROM = 500_000;

export interface LongPlan {
  readonly coarse: CoarsePlan;
  readonly clocks: ReadonlyMap<string, Clock>;
  /** Selector of the targets' `up`. */
  readonly clock: string;
  /** Requests at once. */
  readonly width: number;
}

/** Would these counters be too much to read whole? Rejects with PrometheusFault. */
export async function isLong(
  ask: Ask,
  requests: readonly RangeRequest[],
  { coarse, clocks, width }: LongPlan,
  longFrom: number,
): Promise<boolean> {
  const scrapes = Math.max(0, ...[...clocks.values()].map(({ successes }) => successes.length));
  if (scrapes === 0) return false;
  const counts = await sideBySide(requests, width, async (request) => {
    const longest = stretches(coarse.blocks, spanOf(request)).toSorted((a, b) => b.length - a.length)[0];
    try {
      return longest === undefined ? 0 : await countSeries(ask, request, longest, coarse);
    } catch (error) {
      if (isTooLarge(error)) return Number.POSITIVE_INFINITY;
      throw error;
    }
  });
  return counts.reduce((sum, count) => sum + count, 0) * scrapes >= longFrom;
}

export interface LongRead {
  readonly series: readonly (readonly RawSeries[])[];
  readonly thinned: readonly Thinned[];
}

/**
 * Counters over a long phase, as they would be counted from every sample: raw around the edges, the last sample of each
 * block between them, and raw again where a target had anything irregular in a block. Rejects with PrometheusFault.
 */
export async function readLong(ask: Ask, requests: readonly RangeRequest[], plan: LongPlan): Promise<LongRead> {
  const irregular = await findIrregular(ask, requests, plan);
  const coarse = await sideBySide(requests, plan.width, async (request) => await smooth(ask, request, plan));
  const series: RawSeries[][] = [];
  for (const [index, request] of requests.entries()) {
    const rough = await sideBySide(roughOf(plan.coarse.blocks, irregular, spanOf(request)), plan.width, (one) =>
      readTargets(ask, request, one),
    );
    series.push(mergeSeries([...(coarse[index] ?? []), ...rough], labelsKey));
  }
  return { series, thinned: thinnedBlocks(plan.clocks.keys(), plan.coarse, irregular) };
}

/** A stretch outside the blocks is raw; one of blocks has its last samples. */
async function smooth(ask: Ask, request: RangeRequest, { coarse }: LongPlan): Promise<readonly RawSeries[][]> {
  const span = spanOf(request);
  const parts: RawSeries[][] = [];
  let from = span.from;
  for (const stretch of stretches(coarse.blocks, span)) {
    const [first, last] = [stretch[0], stretch.at(-1)];
    if (first === undefined || last === undefined) continue;
    parts.push(await readRaw(ask, request.selector, { from, to: first.from }));
    parts.push(await lastSamples(ask, request, stretch, coarse));
    from = last.to + 1;
  }
  parts.push(await readRaw(ask, request.selector, { from, to: span.to }));
  return parts;
}

/** What is irregular at a target in one of the counters is read raw in all of them: they are counted together. */
async function findIrregular(
  ask: Ask,
  requests: readonly RangeRequest[],
  { coarse, clocks, clock, width }: LongPlan,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, Set<string>>(coarse.blocks.map(({ to }) => [to, new Set()]));
  for (const [key, one] of clocks) for (const end of restless(one, coarse)) found.get(end)?.add(key);
  await sideBySide(requests, width, async (request) => {
    for (const stretch of stretches(coarse.blocks, spanOf(request))) {
      const told = await orAll(clocks.keys(), stretch, () =>
        irregularTargets(ask, { request, clock }, stretch, coarse),
      );
      for (const [end, keys] of told) for (const key of keys) found.get(end)?.add(key);
    }
  });
  return found;
}

/** Where Prometheus cannot tell what is irregular (`up` stands twice, too many samples), everything may be. */
async function orAll(
  targets: Iterable<string>,
  stretch: readonly Block[],
  ask: () => Promise<ReadonlyMap<number, readonly string[]>>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PrometheusFault && (error.code === "bad-query" || isTooLarge(error)))) throw error;
    const all = [...targets];
    return new Map(stretch.map(({ to }) => [to, all]));
  }
}

interface Rough {
  readonly span: Span;
  readonly targets: ReadonlySet<string>;
}

/** Irregular blocks of the request, those that follow one upon the other as one. */
function roughOf(
  blocks: readonly Block[],
  irregular: ReadonlyMap<number, ReadonlySet<string>>,
  span: Span,
): readonly Rough[] {
  const rough = blocks.filter(({ to }) => (irregular.get(to)?.size ?? 0) > 0);
  return stretches(rough, span).map((stretch) => ({
    span: { from: (stretch[0]?.from ?? 0) + 1, to: stretch.at(-1)?.to ?? 0 },
    targets: new Set(stretch.flatMap(({ to }) => [...(irregular.get(to) ?? [])])),
  }));
}

/** Named one by one, a selector of more targets would be longer than what it spares. */
const NAMED = 20;

/** Raw samples of these targets' series. */
async function readTargets(ask: Ask, request: RangeRequest, { span, targets }: Rough): Promise<RawSeries[]> {
  const instances = [...new Set([...targets].map((key) => (JSON.parse(key) as readonly string[])[1] ?? ""))];
  const { label, op, value } = anyOf("instance", instances);
  const only = instances.length > NAMED ? [] : [`${label}${op}${encodePromqlString(value)}`];
  const series = await readRaw(ask, narrowed(request.selector, only), span);
  return series.filter(({ labels }) => targets.has(targetKey(labels)));
}
