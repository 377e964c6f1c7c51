import { describe, expect, it } from "vitest";
import type { Replica, ResourceEvidence } from "../../core/evidence.ts";
import type { ReportedObjective, Unit } from "../../core/report.ts";
import { evidence, report } from "../../testing/explained.ts";
import { runFile } from "../../testing/files.ts";
import { observed } from "../../testing/reports.ts";
import { resourceCourse } from "./resource-course.ts";
import { toldOf } from "./told.ts";

const told = toldOf({ report, run: runFile, evidence, missing: [] });
const times = [10, 20, 30];
const [memory] = evidence.resources;
const [replica] = memory?.replicas ?? [];
if (memory === undefined || replica === undefined) throw new Error("the fixture has no resource");
const bare: Replica = { ...replica, gauge: null, highWater: null, cpu: null, events: null, throttling: null };

const course = (resource: ResourceEvidence["resource"], unit: Unit, change: Partial<Replica>) => {
  const objective: ReportedObjective = { ...observed, limit: { op: "atMost", value: 1, unit } };
  const of = { ...memory, resource, replicas: [{ ...bare, ...change }] };
  const { lines, ...rest } = resourceCourse(objective, of, told);
  return { ...rest, steps: lines.steps, values: lines.lines[0]?.readings.map((one) => one?.value ?? null) };
};

describe("resourceCourse", () => {
  it.each([
    ["memory", "bytes", { gauge: { metric: "m", measure: "working set", times, values: [1, 5, 3] } }, [5, 3]],
    ["cpu", "cores", { cpu: { metric: "c", times, used: [5, 20] } }, [0.5, 2]],
    ["throttling", "ratio", { throttling: { metric: "t", times, periods: [10, 0], throttled: [1, 0] } }, [0.1, null]],
    ["oomKills", "number", { events: { metric: "o", times, counts: [1, 2], unsure: 0 } }, [1, 3]],
    ["restarts", "number", { events: { metric: "r", times, counts: [0, 1], unsure: 0 } }, [0, 1]],
  ] as const)("draws %s in %s", (resource, unit, change, values) => {
    expect(course(resource, unit, change)).toMatchObject({ unit, values });
  });

  it("draws what was judged as a share of the limit as that, and nothing without one", () => {
    const cpu = { metric: "c", times, used: [5, 20] };
    const limit = { metric: "l", lowest: 4, highest: 8 };
    expect(course("cpu", "ratio", { cpu, limit }).values).toEqual([0.125, 0.5]);
    expect(course("cpu", "ratio", { cpu, limit: null }).values).toEqual([null, null]);
  });

  it.each(["memory", "cpu", "throttling", "oomKills", "restarts"] as const)(
    "has no step without samples of %s",
    (kind) => {
      expect(course(kind, "number", {}).steps).toEqual([]);
    },
  );
});
