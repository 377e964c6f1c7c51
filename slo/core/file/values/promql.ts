import type { SyntaxNode } from "@lezer/common";
import { expressionOf, parsePromql, type SpanProblem } from "../../promql.ts";
import { isRecorded, queryReads } from "../../promql-reads.ts";
import type { Kind, Reader } from "../kind.ts";
import { isText, type Outcome, ok, refused, scalar, type Written } from "../scalar.ts";
import { placeIn } from "../scalar-place.ts";
import { reportAll } from "./selector.ts";

/** As long as `$phase`, so that places in the text stay true. */
const STAND_IN = "60000s";
const SHAPE = 'PromQL looks like max_over_time(metric{label="value"}[$phase])';
const PHASE = /\$phase\b/g;

/** A query with what stands for the phase's length replaced by a duration of as many characters. */
export interface Masked {
  readonly text: string;
  /** Whether anything was replaced. */
  readonly phased: boolean;
}

/** Any PromQL that yields numbers; `$phase` stands for the phase's length. Kept as written. */
export const promql: Kind<string> = scalar(
  { type: "string", pattern: "\\S" },
  "PromQL in quotes",
  (written, reader) => {
    const { text, node } = written;
    if (!isText(node)) {
      return refused(
        "wrong-type",
        `\`${text}\` is no query`,
        "write PromQL, such as 'max_over_time(queue_length[$phase])'",
      );
    }
    return readQuery({ text: text.replaceAll(PHASE, STAND_IN), phased: text.search(PHASE) !== -1 }, written, reader);
  },
);

/** A query's text, once it is PromQL that yields numbers; doubts about it are reported as warnings. */
export function readQuery(masked: Masked, written: Written, reader: Reader): Outcome<string> {
  const parsed = parsePromql(masked.text, SHAPE);
  if (parsed.kind === "problem") return reportAll([parsed.problem], written, reader);
  const expression = expressionOf(parsed.tree);
  const problem = parsed.syntax ?? (expression === null ? undefined : resultProblem(written.text, expression));
  if (problem !== undefined) return reportAll([unmasked(problem, masked, written.text)], written, reader);
  if (expression !== null) {
    for (const doubt of doubts(masked, expression)) {
      reader.report("warning", placeIn(written, doubt, reader.source), doubt);
    }
  }
  return ok(written.text);
}

/** A problem of masked PromQL in the words that were written. */
export function unmasked(problem: SpanProblem, { text }: Masked, written: string): SpanProblem {
  const within = (whole: string) => whole.slice(problem.offset, problem.offset + problem.length);
  const reword = (words: string) => words.replaceAll(within(text), () => within(written));
  return { ...problem, message: reword(problem.message), hint: reword(problem.hint) };
}

function inner(node: SyntaxNode): SyntaxNode {
  const child = node.name === "ParenExpr" ? node.firstChild : null;
  return child === null ? node : inner(child);
}

function resultProblem(text: string, expression: SyntaxNode): SpanProblem | undefined {
  const node = inner(expression);
  const span = { offset: node.from, length: node.to - node.from, code: "promql-result" };
  if (node.name === "StringLiteral") {
    return { ...span, message: "this query yields a string, not numbers", hint: "write PromQL that yields numbers" };
  }
  if (node.name !== "MatrixSelector" && node.name !== "SubqueryExpr") return undefined;
  const hint = `wrap it in a function: max_over_time(${text.slice(node.from, node.to)})`;
  return { ...span, message: "this query yields a range of samples, not one value a series", hint };
}

const COMPARISONS: readonly string[] = ["Eql", "Neq", "Gtr", "Gte", "Lss", "Lte"];

/** What can never be passed, since nothing tells whether it was watched. */
function unwatchable(text: string): SpanProblem | undefined {
  const { selectors } = queryReads(text);
  if (selectors.length === 0) {
    const message = "this query reads no series, so nothing is proven by it: it is `inconclusive` at best";
    return { offset: 0, length: text.trimEnd().length, code: "query-reads-nothing", message, hint: "name a metric" };
  }
  const rule = selectors.find(isRecorded);
  if (rule === undefined) return undefined;
  const message = "a recording rule's series has no `up`, so this query is `inconclusive` at best";
  const { offset } = rule;
  const hint = "query what the rule is made of";
  return { offset, length: rule.text.length, code: "query-recorded", message, hint };
}

function doubts({ text, phased }: Masked, expression: SyntaxNode): SpanProblem[] {
  const hopeless = unwatchable(text);
  if (hopeless !== undefined) return [hopeless];
  const found: SpanProblem[] = [];
  const node = inner(expression);
  const [operator] = COMPARISONS.flatMap((name) => node.getChild(name) ?? []);
  if (operator !== undefined && node.getChild("BoolModifier") === null) {
    const message = "this comparison drops series, and a query without series is `no-data`";
    const hint = "say the limit with `atMost` or `atLeast`, or compare with `bool`";
    found.push({ offset: operator.from, length: operator.to - operator.from, code: "query-filters", message, hint });
  }
  if (!phased && !/\[/.test(text)) {
    const message = "without `$phase` this looks at one moment only: the phase's end";
    const hint = "look at the whole phase, as in max_over_time(…[$phase])";
    found.push({ offset: 0, length: text.trimEnd().length, code: "query-instant", message, hint });
  }
  return found;
}
