import { type Clock, toMs } from "./clock.ts";
import type { Fault } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { Reach } from "./reach.ts";
import { bridged, takesTurns } from "./turns.ts";
import { walkOf } from "./walk.ts";

/** Counters are floats: what is this near to a whole number is that number. */
const ROUNDING = 1e-6;

/** One counter: the series that are it at one time or another (a restart of Prometheus may rename its labels). */
export interface Row {
  readonly name: string;
  readonly series: readonly RawSeries[];
}

/** What one counter counted in each interval, and in the scrape intervals before and after the phase. */
export interface Tally {
  readonly deltas: readonly number[];
  readonly before: number | null;
  readonly after: number | null;
  /** Indices of intervals in which it fell. */
  readonly resets: readonly number[];
  readonly present: boolean;
  /** Has a sample at the scrape after the phase's last. */
  readonly presentAfter: boolean;
  readonly faults: readonly Fault[];
}

/** A sample as a count; null where it is none. */
export function whole(value: number): number | null {
  if (!Number.isFinite(value) || value < 0 || value > Number.MAX_SAFE_INTEGER) return null;
  const near = Math.round(value);
  return Math.abs(value - near) <= ROUNDING ? near : null;
}

interface Reading {
  /** At each point; null where the series is absent. */
  readonly values: readonly (number | null)[];
  readonly faults: readonly Fault[];
}

/** Samples at exactly these times, or, without a clock, the last at or before each. */
function read(row: Row, points: readonly number[], carry: boolean): Reading {
  const values: (number | null)[] = points.map(() => null);
  const faults: Fault[] = [];
  for (const { times, values: samples } of row.series) {
    let at = 0;
    points.forEach((point, index) => {
      while (at < times.length && toMs(itemAt(times, at)) <= point) at += 1;
      const found = at - 1;
      if (found < 0 || !(carry || toMs(itemAt(times, found)) === point)) return;
      const raw = itemAt(samples, found);
      const value = whole(raw);
      if (value === null) {
        faults.push({ code: "bad-value", text: `${row.name} has the value ${raw}, which is no count` });
      } else if (values[index] !== null && !carry) {
        faults.push({ code: "duplicate-series", text: `${row.name} has two samples at one time` });
      } else {
        values[index] = value;
      }
    });
  }
  return { values, faults: faults.slice(0, 1) };
}

interface Step {
  readonly delta: number;
  readonly reset: boolean;
}

/** A restart's new value is what was counted since; a fall without one as well: counts before it are lost. */
function step(previous: number | null, current: number | null, restarted: boolean, own: boolean): Step {
  if (own && previous === null) return { delta: 0, reset: false };
  const [from, to] = [previous ?? 0, current ?? 0];
  if (restarted) return { delta: to, reset: false };
  return to < from ? { delta: to, reset: true } : { delta: to - from, reset: false };
}

function byTurns(row: Row): Fault {
  const text = `${row.name} comes from several processes by turns (a balancer before them?); scrape each as a target of its own`;
  return { code: "duplicate-series", text };
}

/** Subtracts sample from sample: at a successful scrape an absent series is 0, without a clock it is unknown. */
export function tally(row: Row, clock: Clock, reach: Reach): Tally {
  const walk = walkOf(clock, reach);
  const { points, restarted } = walk;
  const own = clock.kind === "own";
  const { values, faults } = read(row, points, own);
  const skip = reach.beforeBound === null ? 0 : 1;
  const known = own ? values : bridged(values, points, clock);
  const turns = takesTurns(values, walk);
  const zeroAt = reach.born ? skip : -1;
  const at = (of: readonly (number | null)[], place: number) => (place === zeroAt ? 0 : (of[place] ?? null));
  const steps = restarted.map((anew, index) => {
    const { delta } = step(at(known, index), at(known, index + 1), anew, own);
    return { delta, reset: step(at(values, index), at(values, index + 1), anew, own).reset };
  });
  const inside = steps.slice(skip, skip + Math.max(0, reach.bounds.length - 1));
  const moved = (one: Step | undefined) => (one === undefined ? null : one.delta + (one.reset ? 1 : 0));
  return {
    deltas: inside.map(({ delta }) => delta),
    before: skip === 0 ? null : moved(steps[0]),
    after: reach.afterBound === null ? null : moved(steps.at(-1)),
    resets: inside.flatMap(({ reset }, index) => (reset ? [index] : [])),
    present: values.some((value) => value !== null),
    presentAfter: reach.afterBound !== null && values.at(-1) !== null,
    faults: turns ? [...faults, byTurns(row)] : faults,
  };
}
