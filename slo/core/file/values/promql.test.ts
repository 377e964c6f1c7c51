import { describe, expect, it } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";

/** Codes of the warnings on a query, each with the text it stands under. */
function warnings(promql: string): readonly (readonly [string, string])[] {
  const text = `service: s\nobjectives:\n  - name: a\n    query: { promql: '${promql}', atMost: 1 }\n`;
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind !== "ok") throw new Error(`refused: ${parsed.problems[0]?.message}`);
  const line = text.split("\n")[3] ?? "";
  return parsed.warnings.map(({ code, place: { column, length } }) => [
    code,
    line.slice(column - 1, column - 1 + length),
  ]);
}

describe("a query's doubts", () => {
  it("has none where the phase's series are read", () => {
    expect(warnings('max_over_time(queue{job="a"}[$phase])')).toEqual([]);
    expect(warnings("sum(increase(a[$phase])) / sum(increase(b[$phase] offset 1s))")).toEqual([]);
  });

  it("says what can never pass, since nothing tells whether it was watched", () => {
    expect(warnings("vector(1)")).toEqual([["query-reads-nothing", "vector(1)"]]);
    expect(warnings("1 + 2 > 1")).toEqual([["query-reads-nothing", "1 + 2 > 1"]]);
    expect(warnings('max_over_time(a[$phase]) + job:queue:max{job="b"}')).toEqual([
      ["query-recorded", 'job:queue:max{job="b"}'],
    ]);
    expect(warnings('sum(ALERTS{alertstate="firing"})')).toEqual([["query-recorded", 'ALERTS{alertstate="firing"}']]);
  });

  it("says what looks at one moment and what drops series", () => {
    expect(warnings("queue")).toEqual([["query-instant", "queue"]]);
    expect(warnings("max_over_time(queue[$phase]) > 1")).toEqual([["query-filters", ">"]]);
  });
});
