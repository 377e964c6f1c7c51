import { describe, expect, it } from "vitest";
import { judgedReplicas, replicaOf } from "./fixtures/replica.ts";
import { events, OBSERVED } from "./fixtures/scene.ts";

/** Counts in an interval over the start, one within, and one over the end. */
function judgedEvents(
  change: Parameters<typeof events>[0],
  counts: readonly number[],
  { unsure = 0, origin = "process" as const as "process" | "container" } = {},
) {
  const course = { metric: "events_total", times: [990, 1010, 1020, 1040], counts, unsure };
  const found = judgedReplicas(events(change), [replicaOf({ events: course })], { origin });
  return { decision: `${found.verdict}: ${found.reason.code}`, text: found.reason.text, measured: found.measured };
}
const OOM = { resource: "oomKills", atMost: 1 } as const;
const WHO = "api-1 (events_total, the process's own, without cAdvisor) had";
const HELD = "api-1 (events_total, the container's, by cAdvisor) had";

describe("OOM kills and restarts, from look to look", () => {
  it.each<[string, Parameters<typeof judgedEvents>, string, string]>([
    ["none", [{}, [0, 0, 0]], "pass: proven", `${WHO} 0 restarts; 0 allowed.`],
    ["as many as are allowed", [OOM, [0, 1, 0]], "pass: proven", `${WHO} 1 OOM kill; 1 allowed.`],
    ["one more", [OOM, [1, 2, 1]], "fail: broken", `${WHO} 4 OOM kills; only 1 allowed.`],
    [
      "one more, with those at the edges",
      [OOM, [1, 1, 1]],
      "inconclusive: phase-edge",
      `${WHO} 3 OOM kills, 1 allowed, but 2 of them in a scrape interval that crosses the phase's edge. Judge a longer phase, or pause the load around it.`,
    ],
    [
      "one more with those at the edges, observed",
      [{ ...OOM, confidence: OBSERVED }, [1, 1, 0]],
      "fail: broken",
      `${WHO} 2 OOM kills; only 1 allowed.`,
    ],
    [
      "none that a process shows",
      [{}, [0, 0, 0], { unsure: 2 }],
      "inconclusive: restart-unseen",
      `${WHO} 0 restarts, 0 allowed, but in 2 intervals between samples it may have begun anew without a sign. Export process_start_time_seconds, or say "confidence: observed".`,
    ],
    [
      "none that a container shows",
      [OOM, [0, 0, 0], { unsure: 1, origin: "container" }],
      "inconclusive: restart-unseen",
      `${HELD} 0 OOM kills, 1 allowed, but in 1 interval between samples it may have begun anew, and its count with it, without a sign. Under Docker a restart keeps the container's id and start time; a CPU quota helps to rule it out, or say "confidence: observed".`,
    ],
    [
      "none that it shows, observed",
      [{ confidence: OBSERVED }, [0, 0, 0], { unsure: 1 }],
      "pass: observed",
      `${WHO} 0 restarts, as far as it shows; 0 allowed.`,
    ],
  ])("%s", (_, given, decision, text) => {
    expect(judgedEvents(...given)).toMatchObject({ decision, text });
  });

  it("are at least those within, and at most all where none can be hidden", () => {
    const number = { value: 6, lower: 2, unit: "number" };
    expect(judgedEvents(OOM, [1, 2, 3]).measured).toEqual({ ...number, upper: 6 });
    expect(judgedEvents(OOM, [1, 2, 3], { unsure: 1 }).measured).toEqual({ ...number, upper: null });
  });

  it.each([
    ["restarts", "restarts"],
    ["oomKills", "OOM kills"],
  ] as const)("are nothing where none can be told: %s", (resource, many) => {
    expect(judgedReplicas(events({ resource }), [replicaOf()])).toMatchObject({
      verdict: "no-data",
      measured: null,
      reason: {
        code: "no-series",
        text: `api-1 has no two samples that tell of ${many} in the phase: it may not be scraped, or not export them.`,
      },
    });
  });
});
