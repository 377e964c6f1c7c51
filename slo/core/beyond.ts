import { parseEdge } from "./edge.ts";
import type { Fault } from "./evidence.ts";
import { type Found, talliesOf } from "./found.ts";
import { knownLabelTest, type Labels, labelTest } from "./match.ts";
import type { Selector } from "./objective.ts";
import { selectorText, targetMatchers } from "./selector-text.ts";
import type { Target } from "./targets.ts";

/** Buckets are cumulative: what one counts, every bucket with a higher edge counts as well. */
function countedIn({ metric, matchers }: Selector): (labels: Labels) => boolean {
  const edges = matchers.filter(({ label, op }) => metric.endsWith("_bucket") && label === "le" && op === "=");
  const rest = labelTest(matchers.filter((matcher) => !edges.includes(matcher)));
  return (labels) => rest(labels) && edges.every(({ value }) => parseEdge(labels.le) <= parseEdge(value));
}

/** Requests that a part counts and its total does not, at targets that have both: their share is of nothing. */
export function beyond(part: Selector, total: Selector, parts: Found, targets: readonly Target[]): readonly Fault[] {
  if (part.metric !== total.metric) return [];
  const [inTotal, atTotal] = [countedIn(total), knownLabelTest(targetMatchers(total))];
  const moved = targets.some((target) => {
    const outside = parts.at(target).filter(({ labels }) => atTotal(labels) && !inTotal(labels));
    return talliesOf(outside, target).some(({ deltas }) => deltas.some((delta) => delta > 0));
  });
  if (!moved) return [];
  const text = `${selectorText(part)} also counts what ${selectorText(total)} does not; give it the total's matchers as well`;
  return [{ code: "part-exceeds-total", text }];
}
