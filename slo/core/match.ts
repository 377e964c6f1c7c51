import { RE2JS } from "re2js";
import { parseEdge } from "./edge.ts";
import type { Matcher } from "./objective.ts";
import { unreachable } from "./unreachable.ts";

export type Labels = Readonly<Record<string, string>>;

/** An edge is a number: Prometheus 3 stores `le="1"` as `1.0`, and whoever wrote the objective may not know. */
function sameTest({ label, value: wanted }: Matcher): (value: string) => boolean {
  const edge = label === "le" ? parseEdge(wanted) : Number.NaN;
  return (value) => value === wanted || (!Number.isNaN(edge) && parseEdge(value) === edge);
}

function valueTest(matcher: Matcher): (value: string) => boolean {
  switch (matcher.op) {
    case "=":
      return sameTest(matcher);
    case "!=": {
      const same = sameTest(matcher);
      return (value) => !same(value);
    }
    case "=~":
    case "!~": {
      const pattern = RE2JS.compile(matcher.value, RE2JS.DOTALL);
      const wanted = matcher.op === "=~";
      return (value) => pattern.matches(value) === wanted;
    }
  }
  return unreachable(matcher.op);
}

/** Prometheus' semantics: RE2, anchored at both ends, `.` takes newlines as well, an absent label is empty. */
export function labelTest(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: valueTest(matcher) }));
  return (labels) => tests.every(({ label, test }) => test(labels[label] ?? ""));
}

/** Like `labelTest`, but a label that is absent is unknown and matches. */
export function knownLabelTest(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: valueTest(matcher) }));
  return (labels) =>
    tests.every(({ label, test }) => {
      const value = labels[label];
      return value === undefined || test(value);
    });
}
