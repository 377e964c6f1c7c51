import { describe, expect, it } from "vitest";
import type { CounterEvidence } from "../core/evidence.ts";
import { judge } from "../core/judge.ts";
import { evidence, objectivesFile, report } from "../testing/explained.ts";
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
    ["bursty-latency", "pass"],
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

  const burstsOf = (name: string, bad: readonly number[], change: Partial<CounterEvidence> = {}) => {
    const [found] = evidence.counters;
    const [course] = found?.targets ?? [];
    if (found === undefined || course === undefined) throw new Error("the evidence has no counts");
    const times = [course.times[0] ?? 0, ...bad.map((_, index) => (course.times[0] ?? 0) + index + 1)];
    const within = bad.map((one) => 100 - one);
    const columns = [within, within, within, within];
    const counters = [{ ...found, targets: [{ ...course, times, total: bad.map(() => 100), columns }], ...change }];
    const of = { ...evidence, counters };
    const objective = judge(objectivesFile, runFile, of).objectives.find((one) => one.name === name);
    if (objective === undefined) throw new Error(`no objective ${name}`);
    const text = renderExplanation(told(name, { objective, evidence: of }), { ...options, width: 200 });
    return text.slice(text.indexOf("  bursts"), text.indexOf("  value"));
  };
  const none = (count: number) => Array<number>(count).fill(0);

  it.each([
    [
      "together",
      [...none(10), 4, ...none(19)],
      "φ = 4: so many bad ones came together, seen over a scrape interval (1 s)",
    ],
    ["singly", none(30).map((_, at) => (at % 6 === 0 ? 1 : 0)), "φ = 1: bad ones came singly"],
    [
      "too shortly to see",
      [0, 2, 0],
      "φ = 2: too few scrapes to see how bad ones came, so all of them may be one burst",
    ],
  ])("tells that bad ones came %s", (_, bad, text) => {
    expect(burstsOf("read-latency", bad)).toBe(
      `  bursts       ${text}; declared: 1\n               Bursts rarer than about five a phase cannot be excluded.\n`,
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
