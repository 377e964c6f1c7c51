import { targetName } from "./blockers.ts";
import type { Evidence } from "./evidence.ts";
import { formatAmount, formatBeside, formatCount, formatLimit } from "./format.ts";
import type { Witnesses } from "./reconcile.ts";
import type { ValidityCheck } from "./report.ts";
import type { ClientCounts, LoadFacts, Phase, RunFile } from "./run.ts";

/** Where a load stops being the one that was promised; from the notes on load, "An honest generator". */
export const LOAD_LIMITS = { achieved: 0.99, virtualUsers: 0.95, generatorCpu: 0.8 } as const;

type Verdict = ValidityCheck["verdict"];

interface Answer {
  readonly verdict: Verdict;
  readonly text: string;
}

const SEVERITY: readonly Verdict[] = ["fail", "no-data", "pass", "skip"];

/** The worst answer speaks. */
function worst(check: string, answers: readonly Answer[], none: string): ValidityCheck {
  const [first] = answers.toSorted((a, b) => SEVERITY.indexOf(a.verdict) - SEVERITY.indexOf(b.verdict));
  return { check, ...(first ?? { verdict: "no-data", text: none }) };
}

function answer(verdict: Verdict, text: string): Answer {
  return { verdict, text };
}

function whole(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function offeredRate({ phase, offeredRate: offered, achievedRate: achieved }: LoadFacts): Answer {
  const share = achieved / offered;
  if (!Number.isFinite(share) || offered <= 0 || achieved < 0)
    return answer("no-data", `The rates of ${phase} are not known.`);
  const text = `${formatBeside(share, LOAD_LIMITS.achieved, "ratio", 4)} of the offered rate of ${phase} was achieved`;
  return share >= LOAD_LIMITS.achieved
    ? answer("pass", `${text}.`)
    : answer(
        "fail",
        `${text}, ${formatLimit(LOAD_LIMITS.achieved, "ratio")} must be. Offer less, or give the generator more room.`,
      );
}

function dropped({ phase, droppedIterations: count }: ClientCounts): Answer {
  if (count === null || !whole(count))
    return answer("no-data", `How many iterations of ${phase} were dropped is not known.`);
  if (count === 0) return answer("pass", `No iteration of ${phase} was dropped.`);
  const text = `${formatAmount(count, "iteration")} of ${phase} dropped: requests that were due and never sent. Allow more virtual users, or offer less.`;
  return answer("fail", text);
}

function virtualUsers({ phase, peakVUs, maxVUs }: LoadFacts): Answer {
  const share = peakVUs === null ? Number.NaN : peakVUs / maxVUs;
  if (peakVUs === null || !Number.isFinite(share))
    return answer("no-data", `How many virtual users ${phase} took is not known.`);
  const text = `${phase} took ${formatCount(peakVUs)} of ${formatCount(maxVUs)} virtual users`;
  return share < LOAD_LIMITS.virtualUsers
    ? answer("pass", `${text}.`)
    : answer("fail", `${text}: the load was about to thin out. Allow more of them, or offer less.`);
}

/** Not measured is no failing: the rate achieved, dropped iterations and virtual users tell of a starved generator too. */
function generatorCpu({ phase, generatorCpu: share }: LoadFacts): Answer {
  if (share === null)
    return answer("skip", `The generator's CPU in ${phase} was not measured; its rate and virtual users stand for it.`);
  const text = `The generator used ${formatBeside(share, LOAD_LIMITS.generatorCpu, "ratio")} of its CPU in ${phase}`;
  if (share <= LOAD_LIMITS.generatorCpu) return answer("pass", `${text}.`);
  return answer(
    "fail",
    `${text}, more than ${formatLimit(LOAD_LIMITS.generatorCpu, "ratio")}: it was saturated. Offer less, or give it more room.`,
  );
}

function unexpected({ phase, unexpected: count }: ClientCounts): Answer {
  if (!whole(count)) return answer("no-data", `How many answers of ${phase} were unexpected is not known.`);
  return count === 0
    ? answer("pass", `Every answer of ${phase} was an expected one.`)
    : answer(
        "fail",
        `${formatAmount(count, "answer")} of ${phase} had a status that the journey does not expect (401, 404, 429, …): the work was not done.`,
      );
}

function restarts(evidence: Evidence, phases: readonly Phase[]): Answer {
  const names = phases.map(({ name }) => name);
  const ofThese = ({ phase }: { readonly phase: string }) => names.includes(phase);
  const courses = [
    ...evidence.counters.filter(ofThese).flatMap(({ targets }) => targets),
    ...evidence.resources
      .filter(ofThese)
      .flatMap(({ service, replicas }) =>
        replicas.map((replica) => ({ job: service, instance: replica.name, ...replica })),
      ),
  ];
  const found = courses.find(({ troubles }) => troubles.some(({ kind }) => kind === "restart" || kind === "reset"));
  if (found !== undefined)
    return answer("fail", `${targetName(found)} restarted, or its counters fell, during the load.`);
  return courses.length === 0
    ? answer("skip", "No target was watched.")
    : answer("pass", "No target restarted during the load.");
}

function clientFailures({ unseen }: Witnesses): Answer {
  if (unseen === null) return answer("no-data", "How many requests were left unanswered is not known.");
  return unseen === 0
    ? answer("pass", "No request was lost that the server did not count.")
    : answer(
        "fail",
        `${formatAmount(unseen, "request")} got no answer, and the server cannot be shown to have seen them: its metrics are too good.`,
      );
}

/** Rule 9: is the load the one that was promised? Only judged phases are looked at. */
export function judgeValidity(
  run: RunFile,
  evidence: Evidence,
  phases: readonly Phase[],
  witnesses: Witnesses,
): readonly ValidityCheck[] {
  const of = <Facts extends { readonly phase: string }>(facts: readonly Facts[], ask: (one: Facts) => Answer) =>
    phases.map(({ name }) => {
      const found = facts.find(({ phase }) => phase === name);
      return found === undefined ? answer("no-data", `The run does not tell it for ${name}.`) : ask(found);
    });
  const none = "No phase that the objectives are judged on is in the run.";
  const complete: Answer =
    run.failure === null
      ? answer("pass", "The run went to its end.")
      : answer("fail", `The run did not go to its end: ${run.failure.text}`);
  return [
    { check: "run-complete", ...complete },
    worst("offered-rate", of(run.load, offeredRate), none),
    worst("dropped-iterations", of(run.client, dropped), none),
    worst("virtual-users", of(run.load, virtualUsers), none),
    worst("generator-cpu", of(run.load, generatorCpu), none),
    worst("unexpected-answers", of(run.client, unexpected), none),
    { check: "target-restarts", ...restarts(evidence, phases) },
    { check: "client-failures", ...clientFailures(witnesses) },
    witnesses.check,
    ...(witnesses.front === null ? [] : [witnesses.front]),
  ];
}

/**
 * Had the generator no CPU left in this phase? Then slow answers may be its own. Virtual users that ran out are no such
 * sign: in an open model they are what a slow system uses up, and its breach stands.
 */
export function saturated(run: RunFile, phase: Phase): boolean {
  const facts = run.load.find((one) => one.phase === phase.name);
  return facts !== undefined && generatorCpu(facts).verdict === "fail";
}
