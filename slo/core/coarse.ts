import { type Clock, START_ROUNDING_MS } from "./clock.ts";
import type { FetchPlan } from "./fetched.ts";
import { itemAt } from "./item-at.ts";

/** A stretch between two steps of Prometheus' clock, without its start and with its end; whole milliseconds. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * A target's blocks in which every counter has a sample at every scrape (or at none) and none of them fell: the last
 * sample of each says as much as all of them.
 */
export interface Thinned {
  /** `targetKey`. */
  readonly target: string;
  readonly blocks: readonly Block[];
}

/** How the middle of long phases is read: a sample a block, and what is not regular there in full. */
export interface CoarsePlan {
  readonly step: number;
  /** How far a look at a block reaches back before it, to see what happened on its border. */
  readonly overlap: number;
  readonly blocks: readonly Block[];
}

/** Block lengths that a person would choose, milliseconds. */
const STEPS = [10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400].map((seconds) => seconds * 1000);
/** With fewer scrapes in a block little is spared. */
const LEAST_SCRAPES = 20;
/** A course of an hour is good for a chart with half a minute a point. */
const MOST_BLOCKS = 120;
const LEAST_BLOCKS = 8;
/** Spacings that a look reaches back: a scrape that is late is then still seen. */
const BACK = 3;

/**
 * The blocks between the edges of the plan's phases; null where the phases are too short for them. `clocks` are those
 * of the plan's targets.
 */
export function coarsePlan(plan: FetchPlan, clocks: Iterable<Clock>): CoarsePlan | null {
  const counters = plan.ranges.filter(({ counter }) => counter === true);
  const spacing = Math.max(0, ...[...clocks].map((clock) => clock.spacing ?? 0));
  if (plan.edges === undefined || counters.length === 0 || spacing === 0) return null;
  const from = Math.min(...counters.map((request) => request.from)) * 1000;
  const to = Math.max(...counters.map((request) => request.to)) * 1000;
  const wanted = Math.max(LEAST_SCRAPES * spacing, (to - from) / MOST_BLOCKS);
  const step = STEPS.find((one) => one >= wanted);
  if (step === undefined) return null;
  const [margin, at] = [plan.edges.margin * 1000, plan.edges.at.map((edge) => edge * 1000)];
  const blocks: Block[] = [];
  for (let start = Math.ceil(from / step) * step; start + step <= to; start += step) {
    const block = { from: start, to: start + step };
    if (at.every((edge) => edge < block.from - margin || edge > block.to + margin)) blocks.push(block);
  }
  return blocks.length < LEAST_BLOCKS ? null : { step, overlap: Math.ceil(BACK * spacing), blocks };
}

/** Same process at all of these scrapes, as far as its start tells; or it never tells. */
function oneProcess(starts: readonly (number | null)[]): boolean {
  const first = itemAt(starts, 0);
  if (first === null) return starts.every((start) => start === null);
  return starts.every((start) => start !== null && Math.abs(start - first) <= START_ROUNDING_MS);
}

/**
 * Blocks (by their ends) that the target's clock alone shows not to be regular: its first scrape, one after a pause, or
 * another process.
 */
export function restless({ successes, startAt }: Clock, { blocks, overlap }: CoarsePlan): readonly number[] {
  let at = 0;
  const found: number[] = [];
  for (const block of blocks) {
    while (at < successes.length && itemAt(successes, at) <= block.from) at += 1;
    const first = at;
    while (at < successes.length && itemAt(successes, at) <= block.to) at += 1;
    if (at === first) continue;
    const before = successes[first - 1];
    const seen = successes.slice(Math.max(0, first - 1), at);
    if (before === undefined || before <= block.from - overlap || !oneProcess(seen.map(startAt))) found.push(block.to);
  }
  return found;
}

/** Bounds of intervals between scrapes without those that a thinned read left out; the first and the last stay. */
export function thin(bounds: readonly number[], blocks: readonly Block[]): readonly number[] {
  if (blocks.length === 0) return bounds;
  let block = 0;
  return bounds.filter((bound, index) => {
    if (index === 0 || index === bounds.length - 1) return true;
    while (block < blocks.length && itemAt(blocks, block).to < bound) block += 1;
    const { from, to } = blocks[block] ?? { from: Number.POSITIVE_INFINITY, to: 0 };
    return bound <= from || itemAt(bounds, index + 1) > to;
  });
}

/** The blocks of each target that are left when those with something irregular in them are taken away. */
export function thinnedBlocks(
  targets: Iterable<string>,
  { blocks }: CoarsePlan,
  irregular: ReadonlyMap<number, ReadonlySet<string>>,
): readonly Thinned[] {
  return [...targets].map((target) => ({
    target,
    blocks: blocks.filter(({ to }) => irregular.get(to)?.has(target) !== true),
  }));
}
