import { type Dispersion, dispersionOf } from "./dispersion.ts";
import type { CounterEvidence } from "./evidence.ts";
import type { BadCount, Share } from "./proof.ts";
import { type Timeline, timelineOf } from "./timeline.ts";
import { type Widened, widenedBound } from "./widened.ts";

/** The bound that allows for bursts, of these counts at this level. */
export type Widen = (counts: Share, level: number) => Widened;

interface Known {
  readonly timeline: Timeline;
  readonly dispersions: Map<string, Dispersion>;
}

/** Objectives share their evidence, and many of them its bad requests: each is looked at once. */
const KNOWN = new WeakMap<CounterEvidence, Known>();

function knownOf(evidence: CounterEvidence): Known {
  const known = KNOWN.get(evidence) ?? { timeline: timelineOf(evidence.targets), dispersions: new Map() };
  KNOWN.set(evidence, known);
  return known;
}

function dispersionIn(evidence: CounterEvidence, bad: BadCount): Dispersion {
  const { timeline, dispersions } = knownOf(evidence);
  const cells = timeline.cells.map((sums) => ({
    bad: Math.max(0, Math.min(sums.total, bad.most(sums))),
    total: sums.total,
  }));
  const key = cells.map((cell) => cell.bad).join(" ");
  const dispersion = dispersions.get(key) ?? dispersionOf(cells);
  dispersions.set(key, dispersion);
  return dispersion;
}

/** How bad requests came together in this evidence, with a floor that the objective declares. */
export function wideningOf(evidence: CounterEvidence, bad: BadCount, floor: number): Widen {
  const seen: { dispersion?: Dispersion } = {};
  const found = new Map<string, Widened>();
  const dispersion: Dispersion = (some) => {
    seen.dispersion ??= dispersionIn(evidence, bad);
    return seen.dispersion(some);
  };
  return (counts, level) => {
    const key = `${counts.bad} ${counts.total} ${level}`;
    const widened = found.get(key) ?? widenedBound(counts, dispersion, floor, level);
    found.set(key, widened);
    return widened;
  };
}
