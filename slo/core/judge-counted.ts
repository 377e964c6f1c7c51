import { targetName, troubleReason } from "./blockers.ts";
import { lowerBound } from "./bound.ts";
import { wideningOf } from "./bursts.ts";
import { countsText, failText, passText, type Told, tooFewText, zeroAllowedText } from "./counted-text.ts";
import type { CounterEvidence, Missing } from "./evidence.ts";
import { type Decision, decided, type Finding, noData, type Reason } from "./finding.ts";
import { formatBeside, formatCount, formatLimit } from "./format.ts";
import { rfc3339 } from "./instants.ts";
import { atMost } from "./limit.ts";
import type { Confidence } from "./objective.ts";
import { type BadCount, mixturesOf, provesFail, provesPass, type Share } from "./proof.ts";
import type { ReportedObjective, Span } from "./report.ts";
import type { Phase } from "./run.ts";
import { blocksCounters, coverageOf, reachedSpan, type Sides, sidesOf } from "./spans.ts";

/** What surrounds a judgement: the phase, its neighbours, and what the run's load allows to be said. */
export interface Scene {
  readonly phase: Phase;
  readonly phases: readonly Phase[];
  /** Least share of the phase to be covered. */
  readonly coverage: number;
  /** The generator had no room left: slow answers may be its own. */
  readonly saturated: boolean;
}

/** How one indicator reads its counts. */
export interface Reading {
  readonly bad: BadCount;
  /** Share of bad ones that the objective allows. */
  readonly allowed: number;
  readonly confidence: Confidence;
  /** Bad requests come in groups of at least so many (φ, at least 1). */
  readonly burst: number;
  /** What bad ones did, to follow "3 of 6000". */
  readonly words: string;
  readonly measured: (sides: Sides) => ReportedObjective["measured"];
  /** Why the least and the most differ, with what to do. */
  readonly openEdge: string;
  /** A saturated generator withdraws a breach of it. */
  readonly latency: boolean;
}

/** A histogram was looked for in both of its forms: `_bucket` by a latency, `_count` by all. */
function formsText(name: string, { counted }: CounterEvidence): string {
  const histogram = (counted.kind === "latency" ? /^(.+)_bucket$/ : /^(.+)_count$/).exec(name)?.[1];
  return histogram === undefined ? "" : ` and no native histogram ${histogram}`;
}

function missingReason({ kind, name, selector, instance }: Missing, evidence: CounterEvidence): Reason {
  const where = instance === null ? "" : ` at ${instance}, which has traffic`;
  return kind === "metric"
    ? {
        code: "unknown-metric",
        text: `There is no series of ${name}${formsText(name, evidence)}${where}, so ${selector} tells nothing; check its spelling.`,
      }
    : {
        code: "unknown-label",
        text: `No series of the metric has the label ${name}${where}, so ${selector} tells nothing; check its spelling.`,
      };
}

function unusable(evidence: CounterEvidence): Reason | null {
  if (evidence.failure !== null) return { code: evidence.failure.code, text: evidence.failure.text };
  const [missing] = evidence.missing;
  if (missing !== undefined && (evidence.series > 0 || missing.kind === "metric"))
    return missingReason(missing, evidence);
  if (evidence.series > 0) return null;
  const named = evidence.queries.at(-1) ?? "the selector";
  const label = missing === undefined ? "" : ` No series of the metric has the label ${missing.name}.`;
  return {
    code: "no-series",
    text: `Nothing in Prometheus matches ${named}.${label} Check its labels, and that the target is scraped.`,
  };
}

function spanOf(evidence: CounterEvidence): Span | null {
  const span = reachedSpan(evidence.targets);
  return span === null
    ? null
    : { from: rfc3339(span.from), to: rfc3339(span.to), coverage: coverageOf(evidence.targets) };
}

interface Weighed extends Told {
  readonly sides: Sides;
  readonly reading: Reading;
}

function tooFew(weighed: Weighed): Decision {
  return weighed.allowed === 0
    ? decided("inconclusive", "zero-unprovable", zeroAllowedText(weighed))
    : decided("inconclusive", "too-few-requests", tooFewText(weighed));
}

function open(weighed: Weighed): Decision {
  const { sides, mix, reading, widen, allowed, confidence, words } = weighed;
  const { bad, badAtMost, total } = mix.shown;
  const ifLeast = mixturesOf(sides, { least: reading.bad.least, most: reading.bad.least });
  const ifMost = mixturesOf(sides, { least: reading.bad.most, most: reading.bad.most });
  if (provesPass(ifLeast.worst, allowed, confidence, widen) || provesFail(ifMost.best, allowed, confidence)) {
    const text = `Between ${formatCount(bad)} and ${formatCount(badAtMost)} of ${formatCount(total)} ${words}; ${formatLimit(allowed, "ratio")} is allowed. ${reading.openEdge}`;
    return decided("inconclusive", "bucket-edge", text);
  }
  const withEdges = { bad: badAtMost, total };
  const tells = (share: Share) =>
    provesPass(share, allowed, confidence, widen) || provesFail(share, allowed, confidence);
  const without = { bad: reading.bad.most(sides.inner), total: sides.inner.total };
  if (!sides.exact && [withEdges, without, mix.shown].some(tells)) {
    const text = `With the scrape intervals that cross the edges ${countsText(withEdges, words)}, without them ${countsText(without, words)}: which of it belongs here cannot be told. Judge a longer window, or let the load pause at its edges.`;
    return decided("inconclusive", "phase-edge", text);
  }
  return tooFew(weighed);
}

function blocked(evidence: CounterEvidence): Reason | null {
  for (const course of evidence.targets) {
    const trouble = course.troubles.find(blocksCounters);
    if (trouble !== undefined) return troubleReason(trouble, targetName(course));
  }
  return null;
}

function decide(evidence: CounterEvidence, weighed: Weighed, scene: Scene): Decision {
  const { mix, reading, widen, allowed, confidence, words } = weighed;
  const [fault] = evidence.faults;
  if (fault !== undefined)
    return decided("inconclusive", fault.code, `${fault.text}: nothing is decided on such data.`);
  const covered = coverageOf(evidence.targets);
  const block = blocked(evidence);
  if (!atMost(scene.coverage, covered)) {
    const why = block === null ? "" : ` ${block.text}`;
    const text = `Only ${formatBeside(covered, scene.coverage, "ratio")} of ${scene.phase.name} is covered, ${formatLimit(scene.coverage, "ratio", covered)} must be.${why}`;
    return decided("inconclusive", "coverage", text);
  }
  if (provesFail(mix.best, allowed, confidence)) {
    if (!(reading.latency && scene.saturated)) return decided("fail", "broken", failText(weighed));
    const text = `${countsText(mix.shown, words)}, but the load generator was saturated: the slowness may be its own. Offer less, or give it more room.`;
    return decided("inconclusive", "generator-saturated", text);
  }
  if (block !== null) return { verdict: "inconclusive", reason: block };
  if (provesPass(mix.worst, allowed, confidence, widen)) {
    const code = confidence.kind === "observed" ? "observed" : "proven";
    return decided("pass", code, passText(weighed));
  }
  return open(weighed);
}

function boundOf({ mix, widen, confidence, reading }: Weighed): Finding["bound"] {
  if (confidence.kind === "observed") return null;
  const { bound, burst } = widen(mix.worst, confidence.level);
  const lower = lowerBound(mix.best.bad, mix.best.total, confidence.level);
  const plain = { lower, upper: bound };
  return burst > 1 ? { ...plain, burst: { taken: burst, declared: reading.burst } } : plain;
}

/** Rules 1 to 4, 6 and 8 for whatever is counted. */
export function judgeCounted(evidence: CounterEvidence, reading: Reading, scene: Scene): Finding {
  const reason = unusable(evidence);
  if (reason !== null) return noData(reason, evidence.queries);
  const sides = sidesOf(evidence, scene.phase, scene.phases);
  const mix = mixturesOf(sides, reading.bad);
  const { allowed, confidence, words } = reading;
  const widen = wideningOf(evidence, reading.bad, reading.burst);
  const weighed = { sides, mix, widen, reading, allowed, confidence, words };
  const { total, bad, badAtMost } = mix.shown;
  const { faults } = evidence;
  if (total === 0 && faults.length === 0) {
    const block = blocked(evidence);
    const why = block === null ? "The load did not reach it." : block.text;
    const nothing = { code: "no-traffic", text: `Nothing was counted in ${scene.phase.name}. ${why}` };
    return { ...noData(nothing, evidence.queries), span: spanOf(evidence) };
  }
  const usable = faults.length === 0;
  return {
    ...decide(evidence, weighed, scene),
    measured: usable ? reading.measured(sides) : null,
    counts: usable ? (badAtMost === bad ? { total, bad } : { total, bad, badAtMost }) : null,
    bound: usable ? boundOf(weighed) : null,
    span: spanOf(evidence),
    queries: evidence.queries,
  };
}
