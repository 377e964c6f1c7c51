import type { SyntaxNode } from "@lezer/common";
import { expressionOf, parsePromql } from "../promql.ts";

const MAKERS = ["Scalar", "Time", "Pi"] as const;
const COMBINERS = ["ParenExpr", "UnaryExpr", "BinaryExpr"];
const VECTORS = ["VectorSelector", "OffsetExpr", "StepInvariantExpr", "AggregateExpr"];

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const { firstChild } = node;
  const found: SyntaxNode[] = [];
  for (let child = firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

function yieldsVector(node: SyntaxNode): boolean {
  if (node.name === "FunctionCall") {
    const called = node.getChild("FunctionIdentifier");
    return MAKERS.every((name) => called?.getChild(name) === null);
  }
  return COMBINERS.includes(node.name) ? childrenOf(node).some(yieldsVector) : VECTORS.includes(node.name);
}

/** Does a query (`$phase` replaced) yield one number without labels, which no alert can be made of? */
export function isScalar(promql: string): boolean {
  const parsed = parsePromql(promql, "");
  const expression = parsed.kind === "ok" ? expressionOf(parsed.tree) : null;
  return expression !== null && !yieldsVector(expression);
}
