import type { CounterEvidence, Fault } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { formatCount } from "./format.ts";
import { itemAt } from "./item-at.ts";
import { judgeCounted, type Scene } from "./judge-counted.ts";
import type { RatioObjective } from "./objective.ts";
import { type Sides, type Sums, sidesOf } from "./spans.ts";

function part(sums: Sums): number {
  return itemAt(sums.columns, 0);
}

/** More of the part than there is of the whole: the two selectors do not count the same things. */
function excess(evidence: CounterEvidence, scene: Scene): readonly Fault[] {
  const { outer, inner } = sidesOf(evidence, scene.phase, scene.phases);
  const over = [outer, inner].find((sums) => part(sums) > sums.total);
  if (over === undefined) return [];
  const text = `The part (${formatCount(part(over))}) is more than the total (${formatCount(over.total)}); the selectors do not count the same things`;
  return [{ code: "part-exceeds-total", text }];
}

function measured({ outer, inner }: Sides) {
  const extra = part(outer) - part(inner);
  const share = (some: number, all: number) => (all > 0 ? some / all : null);
  return {
    value: share(part(outer), outer.total),
    lower: share(part(inner), outer.total - extra),
    upper: share(part(outer), inner.total + extra),
    unit: "ratio",
  } as const;
}

/**
 * A limit from above is on the part, one from below on the rest: what the objective does not want is "bad", whether its
 * part is called bad or good.
 */
export function judgeRatio(objective: RatioObjective, evidence: CounterEvidence, scene: Scene): Finding {
  const above = objective.op === "atMost";
  const bad = above ? part : (sums: Sums) => sums.total - part(sums);
  const { kind } = objective.part;
  return judgeCounted(
    { ...evidence, faults: [...evidence.faults, ...excess(evidence, scene)] },
    {
      bad: { least: bad, most: bad },
      allowed: above ? objective.limit : 1 - objective.limit,
      confidence: objective.confidence,
      burst: objective.burst,
      words: above ? `were ${kind}` : `were not ${kind}`,
      measured,
      openEdge: "",
      latency: false,
    },
    scene,
  );
}
