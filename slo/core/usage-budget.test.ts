import { describe, expect, it } from "vitest";
import type { ContainerLimit } from "./evidence.ts";
import { replicaOf } from "./fixtures/replica.ts";
import { resource } from "./fixtures/scene.ts";
import { budgetOf, inUnit, originText } from "./usage-budget.ts";

const MIB = 1024 ** 2;
const MEMORY = resource({ atMost: 0.6, ofLimit: true });
const CPU = resource({ resource: "cpu", atMost: 0.75, ofLimit: true });
const limited = (lowest: number, highest = lowest): { limit: ContainerLimit } => ({
  limit: { metric: "limit", lowest, highest },
});

describe("what a replica may use", () => {
  it("is what is written, in its unit", () => {
    const budget = budgetOf(replicaOf(limited(1)), resource({ atMost: 256 * MIB }));
    if (budget.kind !== "budget") throw new Error("no budget");
    expect(budget).toMatchObject({ limit: 256 * MIB, unit: "bytes", whole: 1 });
    expect([budget.text(), budget.text(256.01 * MIB), budget.text(null, 1)]).toEqual(["256 MiB", "256 MiB", "256 MiB"]);
    const cores = budgetOf(replicaOf(), resource({ resource: "cpu", atMost: 1.2345 }));
    expect(cores.kind === "budget" && [cores.text(), cores.unit, cores.limit]).toEqual([
      "1.2345 cores",
      "cores",
      1.2345,
    ]);
  });

  it("is a share of its own limit", () => {
    const memory = budgetOf(replicaOf(limited(200 * MIB)), MEMORY);
    if (memory.kind !== "budget") throw new Error("no budget");
    expect(memory).toMatchObject({ limit: 120 * MIB, unit: "ratio", whole: 200 * MIB });
    expect(memory.text()).toBe("120 MiB, 60 % of its memory limit of 200 MiB,");
    expect(inUnit({ value: 50 * MIB, lower: null, upper: 150 * MIB }, memory)).toEqual({
      value: 0.25,
      lower: null,
      upper: 0.75,
      unit: "ratio",
    });
    const cpu = budgetOf(replicaOf(limited(2, 2 + 1e-12)), CPU);
    expect(cpu.kind === "budget" && cpu.text(1.5001)).toBe("1.5 cores, 75 % of its CPU quota of 2 cores,");
  });

  it.each([
    [
      MEMORY,
      {},
      "no-data: no-limit",
      "api-1 has no memory limit that cAdvisor tells of, so 60 % of it is nothing: set one, or write the budget in bytes.",
    ],
    [
      CPU,
      {},
      "no-data: no-limit",
      "api-1 has no CPU quota that cAdvisor tells of, so 75 % of it is nothing: set one, or write the budget in cores.",
    ],
    [
      MEMORY,
      limited(200 * MIB, 300 * MIB),
      "inconclusive: limit-changed",
      "The memory limit of api-1 changed in the phase, from 200 MiB to 300 MiB or back: 60 % of it is no one budget.",
    ],
    [
      CPU,
      limited(2, 2.0004),
      "inconclusive: limit-changed",
      "The CPU quota of api-1 changed in the phase, from 2 cores to 2.0004 cores or back: 75 % of it is no one budget.",
    ],
  ])("is nothing without one: %#", (objective, change, decision, text) => {
    const budget = budgetOf(replicaOf(change), objective);
    if (budget.kind !== "none") throw new Error("a budget");
    const { verdict, reason } = budget.decision;
    expect([`${verdict}: ${reason.code}`, reason.text]).toEqual([decision, text]);
  });

  it("says whose measure it is", () => {
    expect([originText("container"), originText("process")]).toEqual([
      "the container's, by cAdvisor",
      "the process's own, without cAdvisor",
    ]);
  });
});
