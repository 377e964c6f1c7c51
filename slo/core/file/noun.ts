import { isMap, isScalar, isSeq, type Node } from "yaml";

/** What a node is, in a user's words. */
export function nounOf(node: Node): string {
  if (isMap(node)) return "keys and values";
  if (isSeq(node)) return "a list";
  if (!isScalar(node)) return "a reference";
  if (node.value === null) return "nothing";
  if (typeof node.value === "number") return "a number";
  return typeof node.value === "boolean" ? "`true` or `false`" : "text";
}
