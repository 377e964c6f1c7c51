import { describe, expect, it } from "vitest";
import { evidence, report } from "../testing/explained.ts";
import { runFile } from "../testing/files.ts";
import { hostile } from "../testing/reports.ts";
import { type Explanation, renderExplanation } from "./explain.ts";

const options = { width: 100, unicode: true, paint: (_tone: string, text: string) => text };

function told(name: string, change: Partial<Explanation> = {}): Explanation {
  const objective = report.objectives.find((one) => one.name === name);
  if (objective === undefined) throw new Error(`no objective ${name}`);
  return { objective, report, phases: runFile.phases, evidence, declared: null, ...change };
}

// What each looks like stands in golden/, to be read; `vitest -u` writes it anew.
describe("renderExplanation", () => {
  it.each([
    ["read-latency", "pass"],
    ["strict-latency", "fail"],
    ["rare-latency", "inconclusive"],
    ["between-latency", "inconclusive"],
    ["errors", "inconclusive"],
    ["memory", "fail"],
    ["queue", "pass"],
    ["pool", "no-data"],
  ])("tells of %s, %s", async (name, verdict) => {
    const explanation = told(name);
    expect(explanation.objective.verdict).toBe(verdict);
    await expect(renderExplanation(explanation, options)).toMatchFileSnapshot(`golden/explain-${name}.txt`);
  });

  it("shows a breach's bound by its formula and figures", () => {
    const explanation = told("slow");
    expect(explanation.objective.verdict).toBe("fail");
    const text = renderExplanation(explanation, options);
    expect(text).toContain("upper  k = 310, n = 3100: Beta(k+1, n-k) = Beta(311, 2790) at 0.95: 10.9 %\n");
    expect(text).toContain("lower  k = 310, n = 3100: Beta(k, n-k+1) = Beta(310, 2791) at 0.05: 9.13 %\n");
    expect(text).toContain("p99 ≤ 300 ms is the lowest limit, at the edges there are, that would pass\n");
  });

  it("tells of no other limit where the evidence does not give the report", () => {
    const { objective } = told("read-latency");
    const edited = { ...objective, counts: { total: 3100, bad: 7 } };
    const text = renderExplanation(told("read-latency", { objective: edited }), options);
    expect(text).toContain("the report counts otherwise than this evidence: judge the run again");
    expect(text).not.toContain("lowest limit, at");
  });

  it("shows by how much a bound was widened", () => {
    const { objective } = told("slow");
    const wide = { ...options, width: 120 };
    const bound = { lower: objective.bound?.lower ?? 0, upper: 0.12 };
    expect(renderExplanation(told("slow", { objective: { ...objective, bound } }), wide)).toMatch(
      /upper, widened {2}bad ones come together, as if [\d.]+ at a time: so k\/[\d.]+ of n\/[\d.]+ = 12 %/,
    );
  });

  it("says so where the evidence holds nothing of it", () => {
    const empty = { ...evidence, counters: [] };
    expect(renderExplanation(told("read-latency", { evidence: empty }), options)).toContain(
      "evidence.json holds nothing of this objective",
    );
  });

  it("stands in a narrow terminal without UTF-8", () => {
    const text = renderExplanation(told("strict-latency"), { ...options, width: 60, unicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
  });

  it("lets nothing act on the terminal", () => {
    const [objective] = hostile.objectives;
    if (objective === undefined) throw new Error("the report has no objective");
    const text = renderExplanation({ ...told("errors"), objective, report: hostile }, options);
    expect(text).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u);
  });
});
