import { nearest } from "../../../../slo/core/near.ts";
import { nodesNamed, parsePromql } from "../../../../slo/core/promql.ts";
import { queryReads } from "../../../../slo/core/promql-reads.ts";
import type { Finding, Rule } from "../finding.ts";
import type { KnownMetrics } from "../known.ts";
import { placeOf, promql, readable } from "../place.ts";

/** Every metric is one that some part of the stack has, and every label one that its series bear. */
export const names: Rule = {
  name: "names",
  check: (dashboard, _file, known) =>
    promql(dashboard).flatMap((query): readonly Finding[] => {
      const text = readable(dashboard, query.text);
      const legend = query.panel.targets?.find(({ refId }) => refId === query.refId)?.legendFormat ?? "";
      const found = [...wrongSelectors(text, known), ...wrongLabels(text, legend, known)];
      return [...new Set(found)].map((wrong) => ({ rule: "names", place: placeOf(dashboard, query), text: wrong }));
    }),
};

function wrongSelectors(text: string, known: KnownMetrics): readonly string[] {
  return queryReads(text).selectors.flatMap(({ metric, matchers }) => {
    if (metric === null) return ["a metric is chosen by a pattern: name it"];
    const labels = known.get(metric);
    if (labels === undefined) return [`nothing has the metric ${metric}${meant(metric, known.keys())}`];
    return matchers
      .filter(({ label }) => !labels.has(label))
      .map(({ label }) => `${metric} has no label ${label}${meant(label, labels)}`);
  });
}

/** Labels that results are grouped by, and that legends show. */
function wrongLabels(text: string, legend: string, known: KnownMetrics): readonly string[] {
  const parsed = parsePromql(text, "");
  if (parsed.kind === "problem") return [];
  const { selectors } = queryReads(text);
  const there = new Set(selectors.flatMap(({ metric }) => [...(known.get(metric ?? "") ?? [])]));
  const grouped = nodesNamed(parsed.tree, "GroupingLabels").flatMap((node) =>
    node.getChildren("LabelName").map(({ from, to }) => text.slice(from, to)),
  );
  const shown = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? "");
  return [
    ...grouped.filter((label) => !there.has(label)).map((label) => `no metric of the query has the label ${label}`),
    ...shown
      .filter((label) => !there.has(label))
      .map((label) => `the legend's label ${label} is on no metric of the query`),
  ];
}

function meant(word: string, candidates: Iterable<string>): string {
  const [found] = nearest(word, [...candidates]);
  return found === undefined ? "" : `; did you mean ${found}?`;
}
