import type { EventKind, EventObjective, ResourceStat, UsageKind, UsageObjective } from "../../objective.ts";
import { type Found, type Kind, refine } from "../kind.ts";
import { object, optional, required } from "../object.ts";
import { type Amount, cpuBudget, memoryBudget } from "../values/budget.ts";
import { choice } from "../values/choice.ts";
import { count } from "../values/count.ts";
import { share } from "../values/share.ts";
import { serviceName } from "../values/word.ts";

type Parts = "indicator" | "service" | "namespace" | "container" | "resource" | "atMost";
export type ResourcePart = Pick<UsageObjective, Parts | "stat" | "ofLimit"> | Pick<EventObjective, Parts>;

const stat = choice<ResourceStat>("statistic", ["peak", "mean"]);

const memory = object("`memory`", {
  atMost: required(
    memoryBudget,
    "256MiB",
    "The budget of each replica: KiB, MiB, GiB, kB, MB, GB; or 80% of its limit.",
  ),
  stat: optional(stat, "peak", "peak (default) or mean over the phase."),
});

const cpu = object("`cpu`", {
  atMost: required(cpuBudget, "0.5", "The budget of each replica in cores: 0.5, or 500m; or 80% of its CPU quota."),
  stat: optional(stat, "mean", "mean over the phase (default) or peak."),
});

const throttling = object("`throttling`", {
  atMost: required(share, "5%", "Share of a container's CPU periods in which its quota held it back."),
});

const oomKills = object("`oomKills`", {
  atMost: required(count, "0", "Processes of each container that the kernel killed for want of memory."),
});

const restarts = object("`restarts`", {
  atMost: required(count, "0", "Times that each container, or process, began anew."),
});

const KINDS = ["memory", "cpu", "throttling", "oomKills", "restarts"] as const;
const inside = "it belongs inside `memory`, `cpu`, `throttling`, `oomKills` or `restarts`";

const keys = object(
  "`resource`",
  {
    service: required(
      serviceName,
      "api",
      "The service: a Compose service, a Kubernetes container or Deployment, or the job label of its metrics.",
    ),
    namespace: optional(serviceName, "shop", "Kubernetes namespace, or Compose project; needed where several hold it."),
    container: optional(serviceName, "app", "Container of the service's pods, where it is not named as the service."),
    memory: optional(memory, "{ atMost: 256MiB }", "Memory budget."),
    cpu: optional(cpu, "{ atMost: 0.5 }", "CPU budget."),
    throttling: optional(throttling, "{ atMost: 5% }", "How often a CPU quota may hold it back."),
    oomKills: optional(oomKills, "{ atMost: 0 }", "Kills for want of memory."),
    restarts: optional(restarts, "{ atMost: 0 }", "Restarts in the phase."),
  },
  [KINDS],
  { atMost: inside, stat: "it belongs inside `memory` or `cpu`" },
);

interface Usage {
  readonly atMost: Found<Amount>;
  readonly stat: Found<ResourceStat> | undefined;
}

const usual: Readonly<Record<UsageKind, ResourceStat>> = { memory: "peak", cpu: "mean" };

/** A budget of one service: memory in bytes, CPU in cores, or how often something may happen to it. */
export const resource: Kind<ResourcePart> = refine(keys, ({ value }): ResourcePart | undefined => {
  const base = {
    indicator: "resource",
    service: value.service.value,
    namespace: value.namespace?.value ?? null,
    container: value.container?.value ?? null,
  } as const;
  const usage = (resource: UsageKind, { atMost, stat }: Usage): ResourcePart => ({
    ...base,
    resource,
    stat: stat?.value ?? usual[resource],
    atMost: atMost.value.value,
    ofLimit: atMost.value.ofLimit,
  });
  const events = (resource: EventKind, atMost: number): ResourcePart => ({ ...base, resource, atMost });
  if (value.memory !== undefined) return usage("memory", value.memory.value);
  if (value.cpu !== undefined) return usage("cpu", value.cpu.value);
  if (value.throttling !== undefined) return events("throttling", value.throttling.value.atMost.value.share);
  if (value.oomKills !== undefined) return events("oomKills", value.oomKills.value.atMost.value);
  return value.restarts === undefined ? undefined : events("restarts", value.restarts.value.atMost.value);
});
