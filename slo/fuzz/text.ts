import type { FuzzResult, Subject } from "./run.ts";

/** One line of what came of it: `10000 answers (seed 5): fail 3021, pass 120, …; none broke`. */
export function summaryLine({ subject, seed, cases, outcomes, failure }: FuzzResult): string {
  const told = Object.entries(outcomes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, times]) => `${outcome} ${times}`)
    .join(", ");
  const end = failure === null ? "none broke" : `broke at case ${cases}`;
  return `${cases} ${named(subject)} (seed ${seed}): ${told === "" ? "nothing came of any" : told}; ${end}`;
}

/** What broke, by the smallest input that does it, and how to see it again. */
export function failureText({ subject, seed, cases, failure }: FuzzResult): string {
  if (failure === null) return "";
  const again = `npm run fuzz -- --only ${subject} --seed ${seed} --count ${cases}`;
  return `${failure.why}\nsmallest input:\n${failure.input}\nagain: ${again}`;
}

function named(subject: Subject): string {
  switch (subject) {
    case "objectives":
      return "objectives files";
    case "openslo":
      return "OpenSLO files";
    case "answers":
      return "Prometheus answers";
    case "lives":
      return "services whose truth is known";
    case "checks":
      return "conversations of slo check";
    default: {
      const never: never = subject;
      return never;
    }
  }
}
