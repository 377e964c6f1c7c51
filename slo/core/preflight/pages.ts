import { targetKey } from "../clock.ts";
import type { Exposition } from "../exposition.ts";
import type { Labels } from "../match.ts";
import type { Facts, SeenSeries, SeenTarget } from "./facts.ts";

/** A target looked at directly: what Prometheus will scrape from it. */
export interface TargetPage {
  readonly job: string;
  readonly instance: string;
  readonly read:
    | { readonly kind: "page"; readonly page: Exposition }
    | { readonly kind: "failure"; readonly text: string };
}

/** As a scrape without `honor_labels` would label it. */
function scraped(labels: Labels, target: Labels): Labels {
  const own = Object.entries(labels).map(([name, value]) => [name in target ? `exported_${name}` : name, value]);
  return { ...Object.fromEntries(own), ...target };
}

/**
 * The facts with pages of targets that Prometheus has not scraped yet, or scraped when they did not answer yet; where it
 * has, its own samples count.
 */
export function withPages(facts: Facts, pages: readonly TargetPage[]): Facts {
  const key = ({ job, instance }: TargetPage) => targetKey({ job, instance });
  const known = new Set(facts.targets.filter(({ state }) => state === "up").map(({ labels }) => targetKey(labels)));
  const fresh = pages.filter((page) => !known.has(key(page)));
  const replaced = new Set(fresh.map(key));
  const seen = fresh.flatMap(({ job, instance, read }): readonly SeenSeries[] =>
    read.kind === "failure"
      ? []
      : read.page.series.map(({ metric, labels }) => ({
          metric,
          labels: scraped(labels, { job, instance }),
          value: null,
          native: null,
        })),
  );
  const targets = fresh.map(({ job, instance, read }): SeenTarget => {
    const [state, why] = read.kind === "failure" ? (["down", read.text] as const) : (["unscraped", null] as const);
    return { labels: { job, instance }, state, why, interval: null };
  });
  const declared = fresh.flatMap(({ read }) => (read.kind === "page" ? read.page.declared : []));
  return {
    ...facts,
    series: [...facts.series, ...seen],
    targets: [...facts.targets.filter(({ labels }) => !replaced.has(targetKey(labels))), ...targets],
    names: [...new Set([...facts.names, ...seen.map(({ metric }) => metric), ...declared])],
    declared: new Set([...facts.declared, ...declared]),
  };
}
