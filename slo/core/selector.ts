import type { SyntaxNode } from "@lezer/common";
import type { Matcher, MatchOperator, Selector } from "./objective.ts";
import { expressionOf, nodesNamed, parsePromql, type Span, type SpanProblem } from "./promql.ts";
import { decodePromqlString, encodePromqlString } from "./promql-string.ts";
import { regexProblem } from "./regex.ts";

/** A selector read, with where its metric name and each matcher (in the order of `matchers`) stand in the text. */
export type ParsedSelector =
  | { readonly kind: "ok"; readonly value: Selector; readonly metricAt: Span; readonly matchersAt: readonly Span[] }
  | { readonly kind: "problems"; readonly problems: readonly SpanProblem[] };

interface Placed<T> extends Span {
  readonly value: T;
}

const OPERATORS: readonly MatchOperator[] = ["=", "!=", "=~", "!~"];
const SHAPE = 'a selector looks like metric{label="value",other=~"regex"}';
const PLAIN_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Words that Prometheus does not take for a metric's name, by its own parser (3.5). */
const KEYWORDS = /^(?:inf|nan|on|ignoring|group_left|group_right|bool|offset|atan2)$/i;

const AROUND_A_SELECTOR: readonly string[] = ["MatrixSelector", "OffsetExpr", "StepInvariantExpr"];

const spanOf = (node: SyntaxNode): Span => ({ offset: node.from, length: node.to - node.from });

/** Reads a plain instant vector selector with a metric name by Prometheus' own grammar; no range, offset or function. */
export function parseSelector(text: string): ParsedSelector {
  const parsed = parsePromql(text, SHAPE);
  if (parsed.kind === "problem") return refused(parsed.problem);
  const expression = expressionOf(parsed.tree);
  if (expression !== null && expression.name !== "VectorSelector") return refused(notASelector(text, expression));
  if (parsed.syntax !== undefined) return refused(parsed.syntax);
  if (expression === null) throw new Error("PromQL without an expression and without a syntax error");
  return readSelector(text, expression);
}

/** PromQL text of the selector, with more matchers added if given; Prometheus reads it back as the same selector. */
export function formatSelector(selector: Selector, extra: readonly Matcher[] = []): string {
  const plain = PLAIN_NAME.test(selector.metric) && !KEYWORDS.test(selector.metric);
  const name: readonly Matcher[] = plain ? [] : [{ label: "__name__", op: "=", value: selector.metric }];
  const matchers = [...name, ...selector.matchers, ...extra].map(formatMatcher);
  const braces = matchers.length === 0 ? "" : `{${matchers.join(",")}}`;
  return plain ? `${selector.metric}${braces}` : braces;
}

/** A selector without a metric's name, such as `{__name__=~"a|b",job="api"}`. */
export function formatMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(formatMatcher).join(",")}}`;
}

/** Likewise as `parseSelector` reads it back: an unusual name stands in quotes, as in Prometheus 3, not in `__name__`. */
export function quotedSelector(selector: Selector): string {
  const text = formatSelector(selector);
  if (!text.startsWith("{")) return text;
  return `{${[encodePromqlString(selector.metric), ...selector.matchers.map(formatMatcher)].join(",")}}`;
}

function formatMatcher({ label, op, value }: Matcher): string {
  const name = PLAIN_LABEL.test(label) ? label : encodePromqlString(label);
  return `${name}${op}${encodePromqlString(value)}`;
}

const refused = (...problems: readonly SpanProblem[]): ParsedSelector => ({ kind: "problems", problems });

function notASelector(text: string, node: SyntaxNode): SpanProblem {
  const code = "not-a-selector";
  const inner = node.getChild("VectorSelector");
  if (inner !== null && AROUND_A_SELECTOR.includes(node.name)) {
    const tail = text.slice(inner.to, node.to);
    const offset = inner.to + tail.length - tail.trimStart().length;
    const message = `\`${tail.trim()}\` has no place in a selector: the judge asks for the phase's own span`;
    return { offset, length: node.to - offset, code, message, hint: `write ${text.slice(inner.from, inner.to)}` };
  }
  const first = nodesNamed(node.toTree(), "VectorSelector")[0];
  const message = `${NAMES[node.name] ?? "an expression"} is not a selector`;
  const selector =
    first === undefined ? 'metric{label="value"}' : text.slice(node.from + first.from, node.from + first.to);
  const hint = `write the series alone, as ${selector}; an indicator \`query\` takes any PromQL`;
  return { ...spanOf(node), code, message, hint };
}

const NAMES: Readonly<Record<string, string>> = {
  FunctionCall: "a function's result",
  AggregateExpr: "an aggregation",
  SubqueryExpr: "a subquery",
  NumberDurationLiteral: "a number",
  StringLiteral: "a string",
};

function readSelector(text: string, node: SyntaxNode): ParsedSelector {
  const problems: SpanProblem[] = [];
  const matchers: Placed<Matcher>[] = [];
  const names: Placed<string | undefined>[] = [];
  const identifier = node.getChild("Identifier");
  if (identifier !== null) names.push({ ...spanOf(identifier), value: text.slice(identifier.from, identifier.to) });
  const list = node.getChild("LabelMatchers");
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === "QuotedLabelName") {
      names.push({ ...spanOf(child), value: decode(text, child, problems) });
    } else if (child.name === "UnquotedLabelMatcher" || child.name === "QuotedLabelMatcher") {
      const value = readMatcher(text, child, problems);
      if (value !== undefined) matchers.push({ ...spanOf(child), value });
    }
  }
  problems.push(...nameProblems(node, names, matchers));
  const [name] = names;
  if (problems.length > 0 || name?.value === undefined) return { kind: "problems", problems };
  return {
    kind: "ok",
    value: { metric: name.value, matchers: matchers.map((matcher) => matcher.value) },
    metricAt: name,
    matchersAt: matchers,
  };
}

function nameProblems(
  node: SyntaxNode,
  names: readonly Placed<string | undefined>[],
  matchers: readonly Placed<Matcher>[],
): SpanProblem[] {
  const code = "metric-name";
  const byLabel = matchers.find((matcher) => matcher.value.label === "__name__");
  if (byLabel !== undefined) {
    const hint =
      byLabel.value.op === "="
        ? `write ${byLabel.value.value}{…}`
        : "one objective judges one metric; write its name before the braces";
    const { offset, length } = byLabel;
    return [{ offset, length, code, message: "the metric's name does not stand in a `__name__` matcher here", hint }];
  }
  const [first, second] = names;
  if (second !== undefined) {
    const { offset, length } = second;
    return [{ offset, length, code, message: "a second metric name", hint: "one selector names one metric" }];
  }
  if (first === undefined || first.value === "") {
    const hint = 'write it before the braces: metric{label="value"}';
    return [{ ...spanOf(node), code, message: "the selector names no metric", hint }];
  }
  return [];
}

function decode(text: string, node: SyntaxNode, problems: SpanProblem[]): string | undefined {
  const decoded = decodePromqlString(text.slice(node.from, node.to));
  if (decoded.kind === "ok") return decoded.value;
  const hint = "write a backslash as `\\\\`, or put the value in backticks, which take it as it is";
  const { offset, length, text: message } = decoded;
  problems.push({ offset: node.from + offset, length, code: "promql-string", message, hint });
  return undefined;
}

/** Reads a matcher's node; undefined where it cannot be read, with why in `problems`. */
export function readMatcher(text: string, node: SyntaxNode, problems: SpanProblem[]): Matcher | undefined {
  const quoted = node.getChild("QuotedLabelName");
  const plain = node.getChild("LabelName");
  const opNode = node.getChild("MatchOp");
  const literal = node.getChild("StringLiteral");
  if (opNode === null || literal === null) throw new Error(`PromQL matcher without operator or value: ${node.name}`);
  const label = quoted !== null ? decode(text, quoted, problems) : plain && text.slice(plain.from, plain.to);
  const value = decode(text, literal, problems);
  const op = OPERATORS.find((known) => known === text.slice(opNode.from, opNode.to));
  if (op === undefined)
    throw new Error(`PromQL matcher with an unknown operator: ${text.slice(opNode.from, opNode.to)}`);
  if (label === undefined || label === null || value === undefined) return undefined;
  const why = op === "=~" || op === "!~" ? regexProblem(value) : undefined;
  if (why === undefined) return { label, op, value };
  const message = `this regular expression does not compile: ${why}`;
  const hint = "Prometheus uses RE2: no look-around, no back-references";
  problems.push({ ...spanOf(literal), code: "regex", message, hint });
  return undefined;
}
