import { troubleReason } from "./blockers.ts";
import type { Replica, ResourceEvidence } from "./evidence.ts";
import { decided, type Finding, noData } from "./finding.ts";
import { formatBeside, formatLimit } from "./format.ts";
import { rfc3339 } from "./instants.ts";
import type { Scene } from "./judge-counted.ts";
import { judgeCpu } from "./judge-cpu.ts";
import { judgeEvents } from "./judge-events.ts";
import { judgeMemory, type ReplicaFinding } from "./judge-memory.ts";
import { judgeThrottling } from "./judge-throttling.ts";
import { atMost } from "./limit.ts";
import type { ResourceKind, ResourceObjective } from "./objective.ts";
import type { Span, Verdict } from "./report.ts";
import { processMetrics } from "./resource-sources.ts";
import { blocksCounters, coverageOf, reachedSpan } from "./spans.ts";
import { unreachable } from "./unreachable.ts";

/** Worst first. A replica without data never hides behind its neighbours' verdicts, but a proven breach is one. */
const WORST: readonly Verdict[] = ["fail", "no-data", "inconclusive", "pass"];

/** One sample above the limit is a breach however little else is known, as is what was counted; a mean needs its phase. */
function isMomentary(objective: ResourceObjective): boolean {
  switch (objective.resource) {
    case "memory":
    case "cpu":
      return objective.stat === "peak";
    case "oomKills":
    case "restarts":
      return true;
    case "throttling":
      return false;
  }
  return unreachable(objective);
}

function judgeReplica(
  replica: Replica,
  objective: ResourceObjective,
  origin: "container" | "process",
  scene: Scene,
): ReplicaFinding {
  switch (objective.resource) {
    case "memory":
      return judgeMemory(replica, objective, origin);
    case "cpu":
      return judgeCpu(replica, objective, origin, scene.phase);
    case "throttling":
      return judgeThrottling(replica, objective, scene.phase);
    case "oomKills":
    case "restarts":
      return judgeEvents(replica, objective, origin, scene.phase);
  }
  return unreachable(objective);
}

function withheld(replica: Replica, found: ReplicaFinding, objective: ResourceObjective, scene: Scene): ReplicaFinding {
  const [fault] = replica.faults;
  if (fault !== undefined) {
    return {
      ...decided("inconclusive", fault.code, `${fault.text}: nothing is decided on such data.`),
      measured: null,
    };
  }
  if (found.verdict === "no-data") return found;
  const momentary = found.verdict === "fail" && isMomentary(objective);
  if (!atMost(scene.coverage, replica.coverage) && !momentary) {
    const covered = formatBeside(replica.coverage, scene.coverage, "ratio");
    const demanded = formatLimit(scene.coverage, "ratio", replica.coverage);
    const text = `Only ${covered} of ${scene.phase.name} is covered at ${replica.name}, ${demanded} must be.`;
    return { ...decided("inconclusive", "coverage", text), measured: found.measured };
  }
  if (found.verdict === "fail") return found;
  const sampledOnly = found.reason.code !== "proven";
  const trouble = replica.troubles.find((one) => sampledOnly || blocksCounters(one));
  if (trouble === undefined) return found;
  return { verdict: "inconclusive", reason: troubleReason(trouble, replica.name), measured: found.measured };
}

const WORDS: Readonly<Record<ResourceKind, string>> = {
  memory: "memory",
  cpu: "cpu",
  throttling: "throttling",
  oomKills: "OOM kills",
  restarts: "restarts",
};

/** Where it was looked for. */
function unknown({ service, namespace, container, resource }: ResourceObjective): string {
  const narrowed = [
    ...(namespace === null ? [] : [`in the namespace "${namespace}"`]),
    ...(container === null ? [] : [`with a container "${container}"`]),
  ];
  const among = "no container by a Compose label, a container's or a pod's name";
  if (narrowed.length > 0) return `${among} ${narrowed.join(" ")}`;
  if (processMetrics(resource).length === 0) return `${among}, and no process tells of it`;
  return `${among}, and no process with job="${service}" that exports it`;
}

function spanOf({ replicas }: ResourceEvidence): Span | null {
  const times = replicas.map(({ gauge, cpu, throttling, events }) => ({
    times: (cpu ?? gauge ?? throttling ?? events)?.times ?? [],
  }));
  const span = reachedSpan(times);
  return span === null ? null : { from: rfc3339(span.from), to: rfc3339(span.to), coverage: coverageOf(replicas) };
}

function rank(found: ReplicaFinding): number {
  return WORST.indexOf(found.verdict);
}

function worse(a: ReplicaFinding, b: ReplicaFinding): number {
  return rank(a) - rank(b) || (b.measured?.value ?? 0) - (a.measured?.value ?? 0);
}

export function judgeResource(objective: ResourceObjective, evidence: ResourceEvidence, scene: Scene): Finding {
  const { origin, failure } = evidence;
  if (failure !== null) return noData({ code: failure.code, text: failure.text }, evidence.queries);
  if (origin === "none") {
    const text = `Prometheus knows no ${WORDS[objective.resource]} of a service "${objective.service}": ${unknown(objective)}.`;
    return noData({ code: "no-series", text }, evidence.queries);
  }
  const found = evidence.replicas.map((replica) =>
    withheld(replica, judgeReplica(replica, objective, origin, scene), objective, scene),
  );
  const [worst] = found.toSorted(worse);
  if (worst === undefined) {
    return noData(
      { code: "no-series", text: `No replica of ${objective.service} was there in the phase.` },
      evidence.queries,
    );
  }
  const { verdict, reason, measured } = worst;
  return { verdict, reason, measured, counts: null, bound: null, span: spanOf(evidence), queries: evidence.queries };
}
