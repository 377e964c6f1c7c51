import type { ResourceObjective, ResourceStat } from "../../objective.ts";
import { type Found, type Kind, refine } from "../kind.ts";
import { object, optional, required } from "../object.ts";
import { bytes } from "../values/bytes.ts";
import { choice } from "../values/choice.ts";
import { cores } from "../values/cores.ts";
import { serviceName } from "../values/word.ts";

export type ResourcePart = Pick<ResourceObjective, "indicator" | "service" | "resource" | "stat" | "atMost">;

const stat = choice<ResourceStat>("statistic", ["peak", "mean"]);

const memory = object("`memory`", {
  atMost: required(bytes, "256MiB", "The budget of each replica: KiB, MiB, GiB, or kB, MB, GB."),
  stat: optional(stat, "peak", "peak (default) or mean over the phase."),
});

const cpu = object("`cpu`", {
  atMost: required(cores, "0.5", "The budget of each replica in cores: 0.5, or 500m."),
  stat: optional(stat, "mean", "mean over the phase (default) or peak."),
});

const keys = object(
  "`resource`",
  {
    service: required(serviceName, "api", "The service, as its metrics' job label names it."),
    memory: optional(memory, "{ atMost: 256MiB }", "Memory budget; instead of cpu."),
    cpu: optional(cpu, "{ atMost: 0.5 }", "CPU budget; instead of memory."),
  },
  [["memory", "cpu"]],
  { atMost: "it belongs inside `memory` or `cpu`", stat: "it belongs inside `memory` or `cpu`" },
);

interface Budget {
  readonly atMost: Found<number>;
  readonly stat: Found<ResourceStat> | undefined;
}

const part = (service: string, resource: "memory" | "cpu", budget: Budget, usual: ResourceStat): ResourcePart => ({
  indicator: "resource",
  service,
  resource,
  stat: budget.stat?.value ?? usual,
  atMost: budget.atMost.value,
});

/** A budget of one service: memory in bytes, or CPU in cores. */
export const resource: Kind<ResourcePart> = refine(keys, ({ value }) => {
  const service = value.service.value;
  if (value.memory !== undefined) return part(service, "memory", value.memory.value, "peak");
  return value.cpu === undefined ? undefined : part(service, "cpu", value.cpu.value, "mean");
});
