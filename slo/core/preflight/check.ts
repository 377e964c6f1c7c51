import type { Objective, Place } from "../objective.ts";
import { EXIT } from "../report.ts";

/** `unknown`: it may well be right, but nothing that is there now tells so. Never refused for that. */
export type CheckVerdict = "ok" | "problem" | "unknown";

/** What is looked at; stable, for scripts. */
export type CheckName =
  | "prometheus"
  | "clock"
  | "phase"
  | "requests"
  | "metric"
  | "histogram"
  | "labels"
  | "values"
  | "edge"
  | "targets"
  | "scrapes"
  | "resource"
  | "limit"
  | "query";

/** 2: what the user wrote is wrong; 3: a run could not be judged; 0: nothing stands in the way of a run. */
export type CheckExit = typeof EXIT.met | typeof EXIT.usage | typeof EXIT.notJudged;

/** One labelled check of the preflight, as data. */
export interface PreflightCheck {
  readonly check: CheckName;
  /** null: of all objectives. */
  readonly objective: string | null;
  readonly verdict: CheckVerdict;
  /** What this check alone would end the command with; an advisory objective's never with 3. */
  readonly exitCode: CheckExit;
  readonly expected: string;
  readonly actual: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
  /** Where the objective stands in its file. */
  readonly place: Place | null;
}

/** A check before anybody is asked whose it is. */
export type Found = Pick<PreflightCheck, "check" | "verdict" | "exitCode" | "expected" | "actual" | "advice">;

export function fine(check: CheckName, expected: string, actual: string): Found {
  return { check, verdict: "ok", exitCode: EXIT.met, expected, actual, advice: null };
}

export function unknown(check: CheckName, expected: string, actual: string, advice: string): Found {
  return { check, verdict: "unknown", exitCode: EXIT.met, expected, actual, advice };
}

/** What the user wrote does not fit what is there. */
export function wrong(check: CheckName, expected: string, actual: string, advice: string): Found {
  return { check, verdict: "problem", exitCode: EXIT.usage, expected, actual, advice };
}

/** A run would not be judged, or could not pass. */
export function hopeless(check: CheckName, expected: string, actual: string, advice: string): Found {
  return { check, verdict: "problem", exitCode: EXIT.notJudged, expected, actual, advice };
}

export function ofAll(found: Found): PreflightCheck {
  return { ...found, objective: null, place: null };
}

/** A mistake in the file is one whatever it gates; what cannot be judged and does not gate stands in nobody's way. */
export function ofObjective({ name, gating, place }: Objective, found: Found): PreflightCheck {
  const counts = gating || found.exitCode === EXIT.usage;
  return { ...found, exitCode: counts ? found.exitCode : EXIT.met, objective: name, place };
}

/** 2 before 3: what is written wrong is mended first, whatever else there is. */
export function exitCodeOf(checks: readonly PreflightCheck[]): CheckExit {
  const codes = checks.map(({ exitCode }) => exitCode);
  if (codes.includes(EXIT.usage)) return EXIT.usage;
  return codes.includes(EXIT.notJudged) ? EXIT.notJudged : EXIT.met;
}
