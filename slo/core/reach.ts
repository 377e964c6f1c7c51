import { type Clock, GAP, START_ROUNDING_MS } from "./clock.ts";
import type { Trouble } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import type { Phase } from "./run.ts";
import type { Watched } from "./watched.ts";

/** A scrape is overdue this many times the usual spacing after the one before. */
const OVERDUE = 1.5;

/** What a target's clock reaches of a phase. All times in milliseconds. */
export interface Reach {
  /** Interval bounds: from the last success at or before the phase's start to the first at or after its end. */
  readonly bounds: readonly number[];
  /** The first bound is the birth of the process, inside the phase: all counts were 0 then. */
  readonly born: boolean;
  readonly beforeBound: number | null;
  readonly afterBound: number | null;
  readonly coverage: number;
  readonly troubles: readonly Trouble[];
}

/** Same process at both scrapes, another one, or not known. */
export function processBetween(clock: Clock, from: number, to: number): ReturnType<Clock["between"]> {
  return clock.between(from, to);
}

type Bad = Extract<Trouble, { kind: "gap" | "down" }>;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function overlap(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** Was it gone before the phase? Only where others were still scraped when its own next scrape was overdue. */
function gone({ spacing }: Clock, last: number, phase: Stretch, watched: Watched): boolean {
  return spacing !== null && phase.from - last > GAP * spacing && watched.between(last + OVERDUE * spacing, phase.from);
}

/** Does the target matter to the phase? One that was gone before, or came after, does not. */
function matters(clock: Clock, phase: Stretch, watched: Watched): boolean {
  const before = clock.times.findLast((time) => time < phase.from);
  const later = clock.times.find((time) => time >= phase.from);
  if (later === undefined) return before !== undefined && !gone(clock, before, phase, watched);
  if (before !== undefined || later <= phase.to) return true;
  const after = clock.successes[0];
  if (after === undefined) return false;
  const start = clock.startAt(after);
  return start === null || start < phase.to;
}

/** Only of a target never heard of before: one that was down may have been another process, whose counts are lost. */
function birth(clock: Clock, first: number, phase: Stretch): number | null {
  const start = clock.startAt(first);
  if (clock.times[0] !== first) return null;
  if (start === null || start - START_ROUNDING_MS < phase.from || start > first) return null;
  return start;
}

/** Of a process that was born in the phase and first scraped long after it: what it counted then is in there too. */
function unseenAtEnd(clock: Clock, first: number, phase: Stretch): readonly Bad[] {
  if (clock.spacing === null || first - phase.to <= GAP * clock.spacing) return [];
  return [{ kind: "gap", from: phase.to, to: first, atEdge: true, process: "unchanged" }];
}

function stretches(clock: Clock, bounds: readonly number[], born: boolean, phase: Stretch): readonly Bad[] {
  const position = new Map(clock.times.map((time, index) => [time, index]));
  return bounds.slice(1).flatMap((to, index): readonly Bad[] => {
    const from = itemAt(bounds, index);
    if (born && index === 0) return unseenAtEnd(clock, to, phase);
    if ((position.get(to) ?? 0) - (position.get(from) ?? 0) > 1) return [{ kind: "down", from, to }];
    if (clock.spacing === null || to - from <= GAP * clock.spacing) return [];
    const process = processBetween(clock, from, to);
    const atEdge = from < phase.from || phase.to < to;
    return [{ kind: "gap", from, to, atEdge, process }];
  });
}

function seconds(ms: number): number {
  return ms / 1000;
}

function inSeconds(trouble: Bad): Trouble {
  return { ...trouble, from: seconds(trouble.from), to: seconds(trouble.to) };
}

/** Before the first success, and after the last: what lies between two of them is seen by `stretches`. */
function failuresOutside(clock: Clock, scraped: readonly number[], phase: Stretch): readonly Trouble[] {
  const inside = clock.times.filter((time) => time >= phase.from && time <= phase.to);
  const [first, last] = [scraped[0] ?? Number.POSITIVE_INFINITY, scraped.at(-1) ?? Number.POSITIVE_INFINITY];
  const sides = [inside.filter((time) => time < first), inside.filter((time) => time > last)];
  return sides.flatMap((failed): readonly Trouble[] => {
    const [from, to] = [failed[0], failed.at(-1)];
    return from === undefined || to === undefined ? [] : [{ kind: "down", from: seconds(from), to: seconds(to) }];
  });
}

/** null: the target has no part in the phase. Whoever lived before a birth is known only where somebody was watched. */
export function reachOf(clock: Clock, judged: Phase, watched: Watched): Reach | null {
  const phase = { from: Math.round(judged.from * 1000), to: Math.round(judged.to * 1000) };
  if (!matters(clock, phase, watched)) return null;
  const { successes } = clock;
  const startIndex = successes.findLastIndex((time) => time <= phase.from);
  const endIndex = successes.findIndex((time) => time >= phase.to);
  const scraped = successes.slice(Math.max(0, startIndex), endIndex === -1 ? undefined : endIndex + 1);
  const first = scraped[0];
  const born = startIndex === -1 && first !== undefined ? birth(clock, first, phase) : null;
  const bounds = born === null ? scraped : [born, ...scraped];
  const bad = stretches(clock, bounds, born !== null, phase);
  const since = born === null ? bounds[0] : Math.max(phase.from, watched.since(born));
  const known = { from: since ?? phase.to, to: scraped.at(-1) ?? phase.from };
  const lost = bad
    .filter((stretch) => processBetween(clock, stretch.from, stretch.to) !== "unchanged")
    .reduce((sum, stretch) => sum + overlap(stretch, phase), 0);
  const ends: Trouble[] = [];
  if (startIndex === -1 && born === null)
    ends.push({ kind: "start-missing", first: first === undefined ? null : seconds(first) });
  const last = scraped.at(-1);
  if (endIndex === -1) ends.push({ kind: "end-missing", last: last === undefined ? null : seconds(last) });
  if (clock.startsUnread) ends.push({ kind: "start-unread" });
  if (clock.kind === "own") ends.push({ kind: "own-clock" });
  return {
    bounds,
    born: born !== null,
    beforeBound: startIndex < 1 ? null : itemAt(successes, startIndex - 1),
    afterBound: endIndex === -1 ? null : (successes[endIndex + 1] ?? null),
    coverage: Math.max(0, overlap(known, phase) - lost) / Math.max(1, phase.to - phase.from),
    troubles: [...ends, ...bad.map(inSeconds), ...failuresOutside(clock, scraped, phase)],
  };
}
