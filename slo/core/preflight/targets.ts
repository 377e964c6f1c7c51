import { formatAmount, formatDuration } from "../format.ts";
import { knownLabelTest, labelTest } from "../match.ts";
import { misspelt, nearest } from "../near.ts";
import type { Matcher, Selector } from "../objective.ts";
import { selectorText, targetMatchers } from "../selector-text.ts";
import { unreachable } from "../unreachable.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries, SeenTarget } from "./facts.ts";
import { listed } from "./words.ts";

export function targetName({ job = "", instance = "" }: SeenTarget["labels"]): string {
  return [job, instance].filter((part) => part !== "").join(" ") || "a target without job and instance";
}

/** Has Prometheus scraped anything, or is all that is known what targets show themselves? */
export function hasScraped({ targets }: Facts): boolean {
  return targets.some(({ state, why }) => state !== "unscraped" && why === null);
}

/** Targets that the selector does not exclude. */
export function admitted(selector: Selector, { targets }: Facts): readonly SeenTarget[] {
  const admits = knownLabelTest(selector.matchers);
  return targets.filter(({ labels }) => admits(labels));
}

function scraped(selector: Selector, facts: Facts): readonly SeenTarget[] {
  return admitted(selector, facts).filter(({ state }) => state !== "gone");
}

/**
 * Those among them that the judge would count on: all of the jobs that have such series, or, where none matches yet,
 * any of the metric, or, where there is none, all. What is no longer scraped has no part in a run to come.
 */
export function targetsInUse(selector: Selector, series: readonly SeenSeries[], facts: Facts): readonly SeenTarget[] {
  const all = scraped(selector, facts);
  const test = labelTest(selector.matchers);
  const matching = series.filter(({ labels }) => test(labels));
  const jobs = new Set((matching.length > 0 ? matching : series).map(({ labels }) => labels.job ?? ""));
  return jobs.size === 0 ? all : all.filter(({ labels }) => jobs.has(labels.job ?? ""));
}

/** The matcher that no target meets, with what targets have instead. */
function excluding(matchers: readonly Matcher[], targets: readonly SeenTarget[]) {
  for (const matcher of matchers) {
    const values = [...new Set(targets.flatMap(({ labels }) => labels[matcher.label] ?? []))].toSorted();
    const test = labelTest([matcher]);
    if (values.length > 0 && !values.some((value) => test({ [matcher.label]: value }))) return { matcher, values };
  }
  return null;
}

function noTarget(selector: Selector, facts: Facts): Found {
  const expected = `a target that ${selectorText(selector)} does not exclude`;
  const culprit = excluding(selector.matchers, facts.targets);
  if (culprit === null) {
    return hopeless(
      "targets",
      expected,
      "Prometheus scrapes none with these labels",
      "see Prometheus' own page /targets",
    );
  }
  const { matcher, values } = culprit;
  const actual = `no target has ${matcher.label}${matcher.op}"${matcher.value}"; there is ${listed(values)}`;
  const meant = matcher.op === "=" ? misspelt(matcher.value, values) : null;
  if (meant !== null) return wrong("targets", expected, actual, `did you mean ${matcher.label}="${meant}"?`);
  if (!hasScraped(facts))
    return unknown("targets", expected, `${actual} yet`, "Prometheus has not scraped anything yet");
  const [near] = nearest(matcher.value, values);
  const hint = near === undefined ? "" : `did you mean ${matcher.label}="${near}"? Or `;
  return hopeless("targets", expected, actual, `${hint}let Prometheus scrape it, or mend the matcher`);
}

function downFinding(expected: string, down: readonly SeenTarget[], doubt: "none" | "everywhere" | "another's"): Found {
  const names = listed(down.map(({ labels, why }) => `${targetName(labels)}${why === null ? "" : ` (${why})`}`));
  const actual = `down: ${names}`;
  const start = "start it, or see its error on Prometheus' page /targets";
  switch (doubt) {
    case "none":
      return hopeless("targets", expected, actual, start);
    case "everywhere":
      return hopeless(
        "targets",
        expected,
        actual,
        `name the job in the query: without it every target counts; or ${start}`,
      );
    case "another's":
      return unknown("targets", expected, actual, `it may be another's: name the job of what is judged, or ${start}`);
  }
  return unreachable(doubt);
}

/** Is whatever the selector reads scraped, and does it answer? `series`: of its metric; `everywhere`: all that it admits count. */
export function targetsFinding(
  selector: Selector,
  series: readonly SeenSeries[],
  facts: Facts,
  everywhere = false,
): Found {
  const test = labelTest(selector.matchers);
  const matching = series.filter(({ labels }) => test(labels));
  if (facts.targets.length === 0) {
    const advice = "Prometheus may just have started: try again in some seconds";
    return unknown("targets", "targets that Prometheus scrapes", "it has scraped none in the last 5 minutes", advice);
  }
  const known = admitted(selector, facts);
  if (known.length === 0 && matching.length > 0) {
    const expected = "an `up` series with the job and instance of what is judged";
    const advice =
      "pushed or federated series cannot be told from missed ones: let Prometheus scrape the service itself";
    return hopeless("targets", expected, "its series have none, so a pass is not possible", advice);
  }
  if (known.length === 0) return noTarget(selector, facts);
  const inUse = everywhere ? scraped(selector, facts) : targetsInUse(selector, series, facts);
  const expected = "every target in use is scraped, and `up`";
  if (inUse.length === 0) {
    const names = listed(known.map(({ labels }) => targetName(labels)));
    return hopeless("targets", expected, `${names}: no longer scraped`, "see Prometheus' own page /targets");
  }
  const down = inUse.filter(({ state }) => state === "down");
  if (down.length > 0) {
    const named = targetMatchers(selector).length > 0;
    const another = series.length === 0 && down.length < inUse.length;
    return downFinding(expected, down, named ? "none" : everywhere ? "everywhere" : another ? "another's" : "none");
  }
  const unscraped = inUse.filter(({ state }) => state === "unscraped");
  if (unscraped.length > 0) {
    const names = listed(unscraped.map(({ labels }) => targetName(labels)));
    const advice = "Prometheus takes some seconds after its start; the judge tells if it never comes";
    return unknown("targets", expected, `not scraped yet, but answering: ${names}`, advice);
  }
  return fine("targets", expected, `${formatAmount(inUse.length, "target")} up`);
}

/** The slowest target's spacing of scrapes in seconds; null where it is not known. */
export function intervalOf(targets: readonly SeenTarget[]): number | null {
  const known = targets.flatMap(({ interval }) => interval ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

export function everyText(interval: number): string {
  return `a scrape every ${formatDuration(interval)}`;
}
