import type { Objective, ResourceObjective } from "./objective.ts";
import type { ReportedObjective, Unit } from "./report.ts";
import { unreachable } from "./unreachable.ts";

/** Two floats that are one number to whoever wrote them. */
const SAME = 1e-9;

export function nearlySame(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a === b;
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}

/** At most, where a value on the limit itself meets it whatever its last bits are. NaN is never at most anything. */
export function atMost(value: number, limit: number): boolean {
  return value <= limit || nearlySame(value, limit);
}

export function meetsLimit(value: number, op: "atMost" | "atLeast", limit: number): boolean {
  return op === "atMost" ? atMost(value, limit) : atMost(limit, value);
}

function resourceUnit(objective: ResourceObjective): Unit {
  switch (objective.resource) {
    case "memory":
      return objective.ofLimit ? "ratio" : "bytes";
    case "cpu":
      return objective.ofLimit ? "ratio" : "cores";
    case "throttling":
      return "ratio";
    case "oomKills":
    case "restarts":
      return "number";
  }
  return unreachable(objective);
}

export function resolvedLimit(objective: Objective): ReportedObjective["limit"] {
  switch (objective.indicator) {
    case "latency":
      return { op: "atMost", value: objective.atMost, unit: "s", percentile: objective.percentile };
    case "ratio":
      return { op: objective.op, value: objective.limit, unit: "ratio" };
    case "resource":
      return { op: "atMost", value: objective.atMost, unit: resourceUnit(objective) };
    case "query":
      return { op: objective.op, value: objective.limit, unit: "number" };
  }
  return unreachable(objective);
}
