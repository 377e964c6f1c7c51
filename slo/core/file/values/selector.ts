import type { Selector } from "../../objective.ts";
import type { Span, SpanProblem } from "../../promql.ts";
import { type ParsedSelector, parseSelector } from "../../selector.ts";
import type { Kind, Range, Reader } from "../kind.ts";
import { isText, type Outcome, ok, refused, scalar, type Written } from "../scalar.ts";
import { placeIn } from "../scalar-place.ts";

type Parsed = Extract<ParsedSelector, { kind: "ok" }>;

/** Reports every problem of a piece of PromQL but the last, which becomes the outcome. */
export function reportAll(problems: readonly SpanProblem[], written: Written, reader: Reader): Outcome<never> {
  const placed = (span: Span): Range => placeIn(written, span, reader.source);
  const rest = problems.slice(0, -1);
  for (const problem of rest) reader.report("error", placed(problem), problem);
  const last = problems.at(-1);
  if (last === undefined) throw new Error("PromQL refused without a problem");
  return refused(last.code, last.message, last.hint, placed(last));
}

function parse(
  written: Written,
  reader: Reader,
  check: (parsed: Parsed) => readonly SpanProblem[],
  reword = (problem: SpanProblem) => problem,
): Outcome<Selector> {
  if (!isText(written.node)) {
    return refused("wrong-type", `\`${written.text}\` is no selector`, "write a metric: 'name{label=\"value\"}'");
  }
  const parsed = parseSelector(written.text);
  if (parsed.kind === "problems") return reportAll(parsed.problems.map(reword), written, reader);
  const problems = check(parsed);
  return problems.length > 0 ? reportAll(problems, written, reader) : ok(parsed.value);
}

const SCHEMA = { type: "string", pattern: "\\S" } as const;
const EXPECTED = "a selector, such as 'up{job=\"api\"}'";

/** A plain selector of a counter. */
export const selector: Kind<Selector> = scalar(SCHEMA, EXPECTED, (written, reader) => parse(written, reader, () => []));

/** A selector of a histogram by its base name, without `le`. */
export const histogram: Kind<Selector> = scalar(
  { ...SCHEMA, not: { pattern: "^\\s*[A-Za-z0-9_:]+_(bucket|sum|count)\\s*(\\{|$)" } },
  EXPECTED,
  (written, reader) => parse(written, reader, histogramProblems, withBaseName),
);

/** What a hint says to write is right as it is. */
const withBaseName = (problem: SpanProblem): SpanProblem => ({
  ...problem,
  hint: problem.hint.replace(/_(?:bucket|sum|count)(?=[{;]|$)/, ""),
});

function histogramProblems({ value, metricAt, matchersAt }: Parsed): SpanProblem[] {
  const problems: SpanProblem[] = [];
  const suffix = /_(?:bucket|sum|count)$/.exec(value.metric)?.[0];
  if (suffix !== undefined) {
    const message = `\`${value.metric}\` is one of the histogram's series, not its base name`;
    const hint = `drop \`${suffix}\`: write ${value.metric.slice(0, -suffix.length)}`;
    problems.push({ offset: metricAt.offset, length: metricAt.length, code: "histogram-suffix", message, hint });
  }
  value.matchers.forEach((matcher, index) => {
    const at = matchersAt[index];
    if (matcher.label !== "le" || at === undefined) return;
    const hint = "leave it out: the judge takes the buckets that `atMost` needs";
    const { offset, length } = at;
    problems.push({
      offset,
      length,
      code: "histogram-le",
      message: "a histogram's `le` cannot be selected here",
      hint,
    });
  });
  return problems;
}
