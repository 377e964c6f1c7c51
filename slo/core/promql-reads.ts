import type { SyntaxNode } from "@lezer/common";
import type { Matcher } from "./objective.ts";
import { nodesNamed, parsePromql } from "./promql.ts";
import { decodePromqlString } from "./promql-string.ts";
import { readMatcher } from "./selector.ts";

/** One vector selector inside a query; range, offset and `@` around it are left out. */
export interface ReadSelector {
  /** As it stands in the query. */
  readonly text: string;
  /** Where it stands first. */
  readonly offset: number;
  /** null: not one name (`{__name__=~"…"}`). */
  readonly metric: string | null;
  /** Without the name's; one that cannot be read is left out, so that more targets are looked at, not fewer. */
  readonly matchers: readonly Matcher[];
}

/** What a query reads. */
export interface QueryReads {
  /** In the order of the text, each text once; empty where there is none or the PromQL cannot be read. */
  readonly selectors: readonly ReadSelector[];
  /** Every series that is read is in the result, under its own labels: one selector, and only functions around it. */
  readonly keepsSeries: boolean;
  /** A label of the result is one that the series had. */
  readonly keepsLabels: boolean;
}

const FORGERS: readonly string[] = ["label_replace", "label_join", "info"];
/** Their result stands for what is not there, or has no labels. */
const MAKERS: readonly string[] = ["absent", "absent_over_time", "scalar", "vector"];

/** Colons are for recording rules, by Prometheus' naming rules; the others are its own rules' work. */
const OF_A_RULE = /:|^ALERTS(?:_FOR_STATE)?$/;

/** Written by a rule, not by a scrape. */
export function isRecorded({ metric }: ReadSelector): boolean {
  return OF_A_RULE.test(metric ?? "");
}

/** Reads a query (`$phase` replaced) by Prometheus' own grammar. */
export function queryReads(promql: string): QueryReads {
  const parsed = parsePromql(promql, "");
  if (parsed.kind === "problem" || parsed.syntax !== undefined)
    return { selectors: [], keepsSeries: false, keepsLabels: false };
  const { tree } = parsed;
  const all = nodesNamed(tree, "VectorSelector").map((node) => readSelector(promql, node));
  const functions = nodesNamed(tree, "FunctionIdentifier").map(({ from, to }) => promql.slice(from, to));
  const forged = nodesNamed(tree, "CountValues").length > 0 || functions.some((name) => FORGERS.includes(name));
  const keepsLabels = !forged && !functions.some((name) => MAKERS.includes(name));
  const merging = ["AggregateExpr", "BinaryExpr"].some((name) => nodesNamed(tree, name).length > 0);
  return {
    selectors: [...new Map(all.toReversed().map((one) => [one.text, one])).values()].toSorted(
      (a, b) => a.offset - b.offset,
    ),
    keepsSeries: keepsLabels && !merging && all.length === 1,
    keepsLabels,
  };
}

function readSelector(text: string, node: SyntaxNode): ReadSelector {
  const list = node.getChild("LabelMatchers");
  const matchers = ["UnquotedLabelMatcher", "QuotedLabelMatcher"]
    .flatMap((name) => list?.getChildren(name) ?? [])
    .flatMap((child) => readMatcher(text, child, []) ?? []);
  const identifier = node.getChild("Identifier");
  const byLabel = matchers.find(({ label, op }) => label === "__name__" && op === "=");
  return {
    text: text.slice(node.from, node.to),
    offset: node.from,
    metric:
      identifier === null ? (byLabel?.value ?? quotedName(text, list)) : text.slice(identifier.from, identifier.to),
    matchers: matchers.filter(({ label }) => label !== "__name__"),
  };
}

/** `{"a name", label="value"}`. */
function quotedName(text: string, list: SyntaxNode | null): string | null {
  const quoted = list?.getChild("QuotedLabelName") ?? null;
  if (quoted === null) return null;
  const decoded = decodePromqlString(text.slice(quoted.from, quoted.to));
  return decoded.kind === "ok" ? decoded.value : null;
}
