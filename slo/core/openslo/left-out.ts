import { isMap, isScalar, type Node, visit } from "yaml";
import { openSource } from "../file/source.ts";

/** What OpenSLO says for people and for alerting. */
const UNJUDGED: readonly string[] = ["description", "displayName", "labels", "alertPolicies"];

/** Keys of an OpenSLO file, and kinds of its objects, of which an objectives file keeps nothing; each with how often. */
export function leftOut(text: string): readonly string[] {
  const source = openSource(text, "");
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { top } of source.documents) {
    visit(top, {
      Map(_key, map) {
        const kind = map.get("kind");
        if (map.has("apiVersion") && typeof kind === "string" && kind !== "SLO" && kind !== "SLI") count(kind);
      },
      Pair(_key, { key, value }) {
        const name = isScalar(key) ? String(key.value) : "";
        if (name === "spec" && isFree(value as Node | null)) return visit.SKIP;
        if (UNJUDGED.includes(name)) count(name);
        return undefined;
      },
    });
  }
  return [...counts].map(([name, times]) => (times === 1 ? name : `${name} (${times})`));
}

/** A metric source's own keys are not OpenSLO's. */
const isFree = (node: Node | null): boolean => isMap(node) && node.has("query");
