import type { SyntaxNode } from "@lezer/common";
import type { Found, Reader } from "../file/kind.ts";
import { placeIn } from "../file/scalar-place.ts";
import { unmasked } from "../file/values/promql.ts";
import type { Selector } from "../objective.ts";
import { expressionOf, parsePromql, type SpanProblem } from "../promql.ts";
import { parseSelector } from "../selector.ts";
import type { Metric } from "./metric.ts";
import { maskWindow } from "./window.ts";

const SHAPE = 'a ratio\'s query looks like sum(rate(metric{label="value"}[{{.window}}]))';
/** Both give, over the whole phase, what the counter went up by; the judge counts that from the raw samples. */
const RATES: readonly string[] = ["rate", "increase"];

/** What a ratio's query counts, and whether the query itself says that it is a counter. */
export interface Counted {
  readonly selector: Selector;
  readonly rated: boolean;
}

type Step = SyntaxNode | SpanProblem;

/** The selector inside a ratio's query, by Prometheus' own grammar; reports what is more than a sum of a counter. */
export function counted({ query }: Metric, reader: Reader): Found<Counted> | undefined {
  const read = readCounted(query.text);
  if (read.kind === "ok") return { value: read.value, at: query.at };
  for (const problem of read.problems) reader.report("error", placeIn(query, problem, reader.source), problem);
  return undefined;
}

type ReadCounted =
  | { readonly kind: "ok"; readonly value: Counted }
  | { readonly kind: "problems"; readonly problems: readonly SpanProblem[] };

const refused = (...problems: readonly SpanProblem[]): ReadCounted => ({ kind: "problems", problems });

function readCounted(text: string): ReadCounted {
  const masked = maskWindow(text);
  const parsed = parsePromql(masked.text, SHAPE);
  if (parsed.kind === "problem") return refused(parsed.problem);
  if (parsed.syntax !== undefined) return refused(unmasked(parsed.syntax, masked, text));
  const expression = expressionOf(parsed.tree);
  if (expression === null) throw new Error("PromQL without an expression and without a syntax error");
  const series = unwrap(expression, text);
  if ("code" in series) return refused(series);
  const selector = parseSelector(text.slice(series.from, series.to));
  if (selector.kind === "problems") {
    return refused(...selector.problems.map((one) => ({ ...one, offset: one.offset + series.from })));
  }
  return { kind: "ok", value: { selector: selector.value, rated: isRated(series) } };
}

/** Of functions only rates are let through on the way to the selector; a bare range may be a gauge's. */
const isRated = (node: SyntaxNode | null): boolean =>
  node !== null && (node.name === "FunctionCall" || isRated(node.parent));

/** The vector selector in the middle of `sum(rate(…[…]))`, `increase`, a bare range, or of parts of that. */
function unwrap(node: SyntaxNode, text: string): Step {
  switch (node.name) {
    case "VectorSelector":
      return node;
    case "ParenExpr":
    case "MatrixSelector":
      return inside(node.firstChild, node, text);
    case "AggregateExpr":
      return sumOf(node, text);
    case "FunctionCall":
      return rateOf(node, text);
    case "BinaryExpr":
      return orNothing(node, text);
    default:
      return refusal(node, text);
  }
}

const inside = (child: SyntaxNode | null | undefined, node: SyntaxNode, text: string): Step =>
  child === null || child === undefined ? refusal(node, text) : unwrap(child, text);

function sumOf(node: SyntaxNode, text: string): Step {
  const modifier = node.getChild("AggregateModifier");
  const op = node.getChild("AggregateOp");
  if (op === null || text.slice(op.from, op.to).toLowerCase() !== "sum") return refusal(node, text);
  if (modifier === null) return inside(node.getChild("FunctionCallBody")?.firstChild, node, text);
  return {
    offset: modifier.from,
    length: modifier.to - modifier.from,
    code: "openslo-grouped",
    message: "a ratio of each group is many ratios; an objective is one",
    hint: "remove the grouping, and say which series are meant by matchers",
  };
}

function rateOf(node: SyntaxNode, text: string): Step {
  const name = node.getChild("FunctionIdentifier");
  const called = name === null ? "" : text.slice(name.from, name.to);
  return RATES.includes(called)
    ? inside(node.getChild("FunctionCallBody")?.firstChild, node, text)
    : refusal(node, text);
}

/** `… or vector(0)` says that no series is zero: the judge knows that by itself, where the target was up. */
function orNothing(node: SyntaxNode, text: string): Step {
  const right = node.lastChild;
  const zero = right !== null && /^vector\s*\(\s*0(?:\.0*)?\s*\)$/.test(text.slice(right.from, right.to));
  return node.getChild("Or") !== null && zero ? inside(node.firstChild, node, text) : refusal(node, text);
}

function refusal(node: SyntaxNode, text: string): SpanProblem {
  // Of `metric offset 5m` the metric is right.
  const right = /^(?:OffsetExpr|StepInvariantExpr)$/.test(node.name) ? node.firstChild : null;
  const extra = text.slice(right?.to ?? node.from, node.to).trim();
  return {
    offset: node.to - extra.length,
    length: extra.length,
    code: "openslo-query",
    message: `one counter's sum is judged here, and \`${extra.slice(0, 60)}\` is more than that`,
    hint: "write sum(rate(metric{…}[{{.window}}])), increase for rate, or the bare selector",
  };
}
