import { targetKey } from "../clock.ts";
import { labelTest } from "../match.ts";
import type { RatioObjective, Selector } from "../objective.ts";
import { selectorText, targetMatchers } from "../selector-text.ts";
import { type Found, unknown } from "./check.ts";
import type { Facts } from "./facts.ts";
import { countedBy, labelsAsked } from "./selectors.ts";
import { targetName } from "./targets.ts";
import { listed } from "./words.ts";

/** Do two selectors name the same targets? */
export function sameTargets(one: Selector, other: Selector): boolean {
  const [place, same] = [one, other].map((each) => selectorText({ metric: "", matchers: targetMatchers(each) }));
  return place === same;
}

/**
 * Rule 6: a part that is on the same targets as its total must be known at each that has traffic. One that is there at
 * some of them alone will be no data unless it comes; null where nothing is amiss.
 */
export function everywhereFinding({ total, part: { selector } }: RatioObjective, facts: Facts): Found | null {
  if (!sameTargets(total, selector)) return null;
  const test = labelTest(total.matchers);
  const targets = new Map(
    countedBy(total, facts)
      .filter(({ labels }) => test(labels))
      .map(({ labels }) => [targetKey(labels), targetName(labels)]),
  );
  const own = Map.groupBy(countedBy(selector, facts), ({ labels }) => targetKey(labels));
  const asked = labelsAsked(selector);
  const lacking = [...targets].filter(([key]) => {
    const there = own.get(key) ?? [];
    return there.length === 0 || asked.some((name) => there.every(({ labels }) => labels[name] === undefined));
  });
  if (lacking.length === 0) return null;
  const expected = `each target of ${selectorText(total)} knows ${selectorText(selector)}`;
  const actual = `not ${listed(lacking.map(([, name]) => name))}, where requests would be no data`;
  return unknown("labels", expected, actual, "let the service export it from its start, at 0");
}
