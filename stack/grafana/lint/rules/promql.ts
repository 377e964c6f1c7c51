import { nodesNamed, parsePromql } from "../../../../slo/core/promql.ts";
import { MARKS } from "../../read/substitute.ts";
import type { Finding, Rule } from "../finding.ts";
import { placeOf, promql, readable } from "../place.ts";

/** Every query is PromQL by Prometheus' own grammar. */
export const parses: Rule = {
  name: "parses",
  check: (dashboard) =>
    promql(dashboard).flatMap((query): readonly Finding[] => {
      const parsed = parsePromql(readable(dashboard, query.text), "see the Prometheus docs");
      const problem = parsed.kind === "problem" ? parsed.problem : parsed.syntax;
      return problem === undefined
        ? []
        : [{ rule: "parses", place: placeOf(dashboard, query), text: `${problem.message}: ${query.text}` }];
    }),
};

const PER_SECOND = new Set(["rate", "irate", "deriv"]);
const OVER_TIME = new Set(["increase", "delta", "resets", "changes"]);

/** Rates are taken over `$__rate_interval`; what is counted, over that or the whole time shown. */
export const intervals: Rule = {
  name: "intervals",
  check: (dashboard) =>
    promql(dashboard).flatMap((query): readonly Finding[] => {
      const text = readable(dashboard, query.text);
      const parsed = parsePromql(text, "");
      if (parsed.kind === "problem") return [];
      return nodesNamed(parsed.tree, "FunctionCall").flatMap((call) => {
        const name = text.slice(call.firstChild?.from, call.firstChild?.to);
        const range = call.getChild("FunctionCallBody")?.getChild("MatrixSelector")?.getChild("DurationExpr");
        if (range === null || range === undefined) return [];
        const length = text.slice(range.from, range.to);
        const allowed = PER_SECOND.has(name)
          ? [MARKS.rateInterval]
          : OVER_TIME.has(name)
            ? [MARKS.rateInterval, MARKS.range]
            : [length];
        if (allowed.includes(length)) return [];
        const wanted = allowed.length === 1 ? "$__rate_interval" : "$__rate_interval or $__range";
        return [{ rule: "intervals", place: placeOf(dashboard, query), text: `${name}() is not taken over ${wanted}` }];
      });
    }),
};
