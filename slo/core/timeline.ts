import type { Course } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import type { Sums } from "./spans.ts";

export interface Timeline {
  /** Seconds that each cell is long. */
  readonly width: number;
  /** What was counted in each, all targets together. */
  readonly cells: readonly Sums[];
}

/** Intervals this many times as long as those between scrapes are blocks of a long phase (`coarse.ts`). */
const THINNED = 2;

/** Usual seconds between two samples that were kept: of a long phase most are the last of their blocks. */
function widthOf({ times, scrapeInterval }: Course): number {
  if (scrapeInterval === null) return 0;
  const kept = times
    .slice(1)
    .map((time, index) => time - itemAt(times, index))
    .toSorted((a, b) => a - b);
  const usual = kept[Math.floor(kept.length / 2)] ?? 0;
  return usual > THINNED * scrapeInterval ? usual : scrapeInterval;
}

function usualWidth(courses: readonly Course[], span: number): number {
  const widths = courses.map(widthOf).filter((width) => width > 0);
  return widths.length === 0 ? span : Math.max(...widths);
}

/**
 * What was counted as time went by: what hits a service hits its replicas at once. Targets are scraped at different
 * moments, so each of their intervals goes whole to the cell that its middle lies in; cells are as wide as the longest
 * usual interval.
 */
export function timelineOf(courses: readonly Course[]): Timeline {
  const times = courses.flatMap((course) => [...course.times.slice(0, 1), ...course.times.slice(-1)]);
  if (times.length === 0) return { width: 0, cells: [] };
  const from = Math.min(...times);
  const span = Math.max(...times) - from;
  const width = usualWidth(courses, span);
  const count = Math.max(1, Math.round(span / width));
  const columns = Math.max(0, ...courses.map((course) => course.columns.length));
  const cells = Array.from({ length: count }, () => ({ total: 0, columns: Array<number>(columns).fill(0) }));
  for (const course of courses) {
    course.total.forEach((total, index) => {
      const middle = (itemAt(course.times, index) + itemAt(course.times, index + 1)) / 2;
      const cell = itemAt(cells, Math.min(count - 1, Math.floor((middle - from) / width)));
      cell.total += total;
      course.columns.forEach((column, at) => {
        cell.columns[at] = itemAt(cell.columns, at) + itemAt(column, index);
      });
    });
  }
  return { width, cells };
}
