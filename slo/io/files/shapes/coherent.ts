import type { CounterEvidence, Course } from "../../../core/evidence.ts";
import { columnsOf } from "../../../core/spans.ts";

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function rising(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
}

function issueOf(course: Course, columns: number): Issue | null {
  const intervals = Math.max(0, course.times.length - 1);
  if (!rising(course.times)) return { path: ["times"], message: "must rise" };
  if (course.total.length !== intervals)
    return { path: ["total"], message: `must be ${intervals} long, one for each interval between its times` };
  if (course.columns.length !== columns) return { path: ["columns"], message: `must be ${columns} long` };
  const short = course.columns.findIndex((column) => column.length !== intervals);
  if (short !== -1) return { path: ["columns", short], message: `must be ${intervals} long` };
  const lists = [course.total, ...course.columns];
  return lists.every((list) => list.every(isCount))
    ? null
    : { path: [], message: "must hold counts: whole, not negative" };
}

/**
 * Evidence that was cut or edited by hand: a column that is missing would read as nothing bad. What belongs together
 * must be there together.
 */
export function incoherence(counters: readonly CounterEvidence[]): readonly Issue[] {
  return counters.flatMap((evidence, at) => {
    const { counted } = evidence;
    const edges: readonly Issue[] =
      counted.kind === "latency" && !rising(counted.edges)
        ? [{ path: ["counters", at, "counted", "edges"], message: "must rise" }]
        : [];
    const courses = evidence.targets.flatMap((course, index): readonly Issue[] => {
      const issue = issueOf(course, columnsOf(evidence));
      return issue === null ? [] : [{ ...issue, path: ["counters", at, "targets", index, ...issue.path] }];
    });
    return [...edges, ...courses];
  });
}
