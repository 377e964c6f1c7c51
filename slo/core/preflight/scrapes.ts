import { formatAmount, formatDuration } from "../format.ts";
import type { Indicator } from "../objective.ts";
import type { PlanFile, PlannedPhase } from "../plan-file.ts";
import { type Found, fine, hopeless, unknown } from "./check.ts";
import type { SeenTarget } from "./facts.ts";
import { everyText, intervalOf } from "./targets.ts";

/** Scrapes that show how what is measured went through the phase: bursts rarer than that cannot be excluded (rule 4). */
const ENOUGH = 5;
/** Without two scrapes inside there is neither a course nor an inner interval (rules 2 and 8). */
const FEWEST = 2;
/** Scrapes that must show the same counters for an edge to be quiet (rule 2). */
const QUIET = 2;

/** Seconds without any load before or after the phase, whichever is shorter; endless where nothing comes before and after. */
function pauseAt(phase: PlannedPhase, { phases }: PlanFile): number {
  const end = ({ offset, duration, drain }: PlannedPhase) => offset + duration + drain;
  const before = phases.filter(({ offset }) => offset < phase.offset).map((one) => phase.offset - end(one));
  const after = phases.filter(({ offset }) => offset > phase.offset).map(({ offset }) => offset - end(phase));
  return Math.min(...before, ...after);
}

/**
 * By whose scrapes: cAdvisor looks at `container`s when it pleases, so no pause is long enough for certain, and its
 * counters and marks tell of the phase even where it was scraped once within.
 */
export type Looker = Indicator | "container";

/** Rules 2 and 8: are scrapes frequent enough for the phase, and for the pauses around it? */
export function scrapesFinding(
  looker: Looker,
  targets: readonly SeenTarget[],
  phase: PlannedPhase | null,
  plan: PlanFile | null,
): Found | null {
  const interval = intervalOf(targets);
  if (interval === null) {
    if (targets.length === 0) return null;
    const advice = "two scrapes tell it: try again later";
    return unknown("scrapes", "the interval between scrapes", "not known yet", advice);
  }
  const every = everyText(interval);
  if (phase === null || plan === null) return fine("scrapes", "the interval between scrapes", every);
  const inside = Math.floor(phase.duration / interval + 1e-9);
  const actual = `${every}: ${formatAmount(inside, "scrape")} in ${phase.name} (${formatDuration(phase.duration)})`;
  const expected = `at least ${ENOUGH} scrapes in ${phase.name}`;
  const pausing = phase.quiet && looker !== "container";
  const pause = pausing ? pauseAt(phase, plan) : Number.POSITIVE_INFINITY;
  const quiet = pause >= QUIET * interval;
  const often = formatDuration(phase.duration / ENOUGH);
  if (inside < FEWEST) {
    const advice = `scrape every ${often} or more often, or make ${phase.name} at least ${formatDuration(Math.ceil(ENOUGH * interval), 4)} long`;
    const counted = looker === "latency" || looker === "ratio";
    return looker === "container" || (counted && phase.quiet && quiet)
      ? unknown("scrapes", expected, actual, advice)
      : hopeless("scrapes", expected, actual, advice);
  }
  if (inside < ENOUGH) {
    const advice = `scrape every ${often} or more often: what happens between scrapes is not seen`;
    return unknown("scrapes", expected, actual, advice);
  }
  if (quiet) return fine("scrapes", expected, actual);
  const advice = `pause at least ${formatDuration(QUIET * interval)} after the drain, or scrape more often: else the scrapes that cross its edges count in part`;
  return unknown(
    "scrapes",
    `${QUIET} scrapes in each pause around ${phase.name}`,
    `${every}, a pause of ${formatDuration(Math.max(0, pause))}`,
    advice,
  );
}
