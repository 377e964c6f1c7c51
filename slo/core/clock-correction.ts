import { formatDuration } from "./format.ts";
import type { ValidityCheck } from "./report.ts";
import type { Phase, RunFile, WindowFacts } from "./run.ts";

/** By how much the times of a run were moved onto Prometheus' clock. */
export interface ClockCorrection {
  /** Seconds added to every time: how far Prometheus' clock was ahead (behind: negative) of the one that gave the times. */
  readonly shift: number;
  /** Seconds: the true difference lies within `shift` ± this. */
  readonly uncertainty: number;
}

/** Of seconds; half a round trip tells no more. */
const PRECISION = 1000;

/** The correction that a measured skew calls for; null where the clocks may as well agree. */
export function correctionFor(measured: {
  readonly skew: number;
  readonly uncertainty: number;
}): ClockCorrection | null {
  const { skew, uncertainty } = measured;
  if (!(Math.abs(skew) > uncertainty)) return null;
  return {
    shift: Math.round(skew * PRECISION) / PRECISION,
    uncertainty: Math.ceil(uncertainty * PRECISION) / PRECISION,
  };
}

function moved<Span extends { readonly from: number; readonly to: number }>(span: Span, shift: number): Span {
  return { ...span, from: span.from + shift, to: span.to + shift };
}

export function movedBy(phases: readonly Phase[], clock: ClockCorrection | null): readonly Phase[] {
  return clock === null ? phases : phases.map((phase) => moved(phase, clock.shift));
}

/** The run, or the window, with every time by Prometheus' clock. */
export function inServerTime(facts: RunFile, clock: ClockCorrection | null | undefined): RunFile;
export function inServerTime(
  facts: RunFile | WindowFacts,
  clock: ClockCorrection | null | undefined,
): RunFile | WindowFacts;
export function inServerTime(
  facts: RunFile | WindowFacts,
  clock: ClockCorrection | null | undefined,
): RunFile | WindowFacts {
  if (clock === null || clock === undefined) return facts;
  const { shift } = clock;
  if ("window" in facts) return { ...facts, window: moved(facts.window, shift) };
  return { ...moved(facts, shift), phases: movedBy(facts.phases, clock) };
}

/** What was corrected, for whoever reads the report; nothing where nothing was. */
export function clockChecks(clock: ClockCorrection | null | undefined): readonly ValidityCheck[] {
  if (clock === null || clock === undefined) return [];
  const { shift, uncertainty } = clock;
  const way = shift > 0 ? "ahead of" : "behind";
  const text = `Prometheus' clock was ${formatDuration(Math.abs(shift))} ${way} the judge's (± ${formatDuration(uncertainty)}): every time was moved by as much, and stands here by Prometheus' clock.`;
  return [{ check: "clock", verdict: "pass", text }];
}
