import { parseEdge } from "./edge.ts";
import type { FetchPlan } from "./fetched.ts";
import type { Selector } from "./objective.ts";
import type { Phase } from "./run.ts";
import { formatMatchers } from "./selector.ts";
import { anyOf, unitedMatchers } from "./selector-text.ts";

/** Series that an objective reads in a phase. */
export interface Want {
  readonly selector: Selector;
  readonly phase: Phase;
  readonly counter?: true;
  /** Whole histograms are read: the buckets of a classic one, or a native one. */
  readonly histogram?: true;
}

/** As `parseEdge` reads it. */
const INFINITE = "(?i:[+]?inf(inity)?)";

/** Patterns of the `le` that tell of each series that is counted; null: any may. */
function leOf({ selector, histogram }: Want): readonly string[] | null {
  if (histogram === true) return [INFINITE, ""];
  const named = selector.matchers.find(({ label, op }) => label === "le" && op === "=")?.value;
  if (named !== undefined) return parseEdge(named) === Number.POSITIVE_INFINITY ? [INFINITE] : null;
  return selector.metric.endsWith("_count") ? [""] : null;
}

/**
 * The request for all that is counted, as it was alive when the first phase began; of a histogram its last bucket alone,
 * where nothing else is counted that has buckets.
 */
export function laggingRequest(counted: readonly Want[]): Pick<FetchPlan, "lagging"> {
  const wants = counted.filter(({ counter }) => counter === true);
  if (wants.length === 0) return {};
  const names = [...new Set(wants.map(({ selector }) => selector.metric))];
  const matchers = unitedMatchers(wants.map(({ selector }) => selector.matchers));
  const patterns = wants.map(leOf);
  const restricted = patterns.every((one) => one !== null);
  const le = { label: "le", op: "=~", value: [...new Set(patterns.flatMap((one) => one ?? []))].join("|") } as const;
  const selector = formatMatchers([anyOf("__name__", names), ...matchers, ...(restricted ? [le] : [])]);
  return { lagging: { selector, at: Math.min(...wants.map(({ phase }) => phase.from)) } };
}
