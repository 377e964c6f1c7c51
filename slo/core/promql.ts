import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

/** A stretch of a text: offset and length in UTF-16 units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What is wrong in a piece of PromQL, with a stable code and what to do about it. */
export interface SpanProblem extends Span {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Longest PromQL that is read, in UTF-16 units. */
const MAX_PROMQL = 32_768;

export type ParsedPromql =
  | { readonly kind: "ok"; readonly tree: Tree; readonly syntax: SpanProblem | undefined }
  | { readonly kind: "problem"; readonly problem: SpanProblem };

/**
 * Parses by Prometheus' own grammar; a syntax error leaves a tree of what could be read, and the first error's place.
 * `shape` is the hint where nothing better is known.
 */
export function parsePromql(text: string, shape: string): ParsedPromql {
  if (text.length > MAX_PROMQL) {
    const message = `this PromQL is ${text.length} characters long; at most ${MAX_PROMQL} are read`;
    return refuse({ offset: 0, length: text.length, code: "too-long", message, hint: "use a recording rule" });
  }
  if (text.trim() === "") {
    const hint = 'write a metric, such as http_requests_total{job="api"}';
    return refuse({ offset: 0, length: text.length, code: "empty", message: "there is no PromQL here", hint });
  }
  const tree = parser.parse(text);
  return { kind: "ok", tree, syntax: firstSyntaxProblem(text, tree, shape) };
}

const refuse = (problem: SpanProblem): ParsedPromql => ({ kind: "problem", problem });

/** The expression below the top of the tree, or null where nothing could be read. */
export function expressionOf(tree: Tree): SyntaxNode | null {
  let node = tree.topNode.firstChild;
  while (node !== null && (node.type.isError || node.name === "LineComment")) node = node.nextSibling;
  return node;
}

/** Nodes of that name, in the order of the text. */
export function nodesNamed(tree: Tree, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  tree.iterate({
    enter(node) {
      if (node.name === name) found.push(node.node);
    },
  });
  return found;
}

function firstSyntaxProblem(text: string, tree: Tree, shape: string): SpanProblem | undefined {
  const errors: SyntaxNode[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError) errors.push(node.node);
      return errors.length === 0;
    },
  });
  const error = errors[0];
  if (error === undefined) return undefined;
  return describe(text, error, shape);
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Where a quote stands that is never closed, or what closes the brackets still open at the end, innermost first. */
function openAtEnd(text: string): number | string {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (/["'`]/.test(character)) {
      const end = endOfString(text, at);
      if (end === undefined) return at;
      at = end;
    } else if (CLOSERS[character] !== undefined) open.push(CLOSERS[character]);
    else if (open.at(-1) === character) open.pop();
  }
  return open.reverse().join("");
}

function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === quote) return at;
    if (quote === "`") continue;
    if (character === "\n") return undefined;
    if (character === "\\") at++;
  }
  return undefined;
}

function describe(text: string, error: SyntaxNode, shape: string): SpanProblem {
  const open = openAtEnd(text);
  if (typeof open === "number") {
    const message = "this quote is never closed";
    const hint = `close it with ${text[open]} on the same line`;
    return { offset: open, length: text.length - open, code: "promql-syntax", message, hint };
  }
  const rest = text.slice(error.from).trimStart();
  if (rest === "") {
    const hint = open === "" ? "finish the expression" : `add \`${open}\``;
    return {
      offset: text.trimEnd().length,
      length: 1,
      code: "promql-syntax",
      message: "the PromQL ends too early",
      hint,
    };
  }
  const offset = text.length - rest.length;
  const before = text.slice(0, offset).trimEnd();
  const word = /^(?:\$?[\w:.]+|.)/u.exec(rest)?.[0] ?? rest;
  const called = word === "(" ? /[A-Za-z_]\w*$/.exec(before)?.[0] : undefined;
  if (called !== undefined) return unknownFunction(before.length - called.length, called);
  const message = `PromQL does not allow \`${word}\` here`;
  const hint = syntaxHint(before, word) ?? shape;
  return { offset, length: word.length, code: "promql-syntax", message, hint };
}

const unknownFunction = (offset: number, name: string): SpanProblem => ({
  offset,
  length: name.length,
  code: "promql-syntax",
  message: `PromQL has no function \`${name}\``,
  hint: "https://prometheus.io/docs/prometheus/latest/querying/functions lists them",
});

function syntaxHint(before: string, word: string): string | undefined {
  if (word === "=" && before.endsWith("=")) return "one `=` compares a label; `=~` matches a regular expression";
  if (/[=~]$/.test(before)) return `a label's value stands in quotes: "${/^[$\w]/.test(word) ? word : "value"}"`;
  if (/["'`]$/.test(before) && /^\w/.test(word)) return "label matchers are separated by commas";
  const variable = /^\$\w+/.exec(word)?.[0];
  if (variable === "$phase") return "`$phase` stands for a duration, in `query` alone";
  if (variable !== undefined) return `\`${variable}\` is not known: the only variable is \`$phase\`, in \`query\``;
  return undefined;
}
