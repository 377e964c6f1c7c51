import { complement } from "../decimal.ts";
import { edgeMatcher } from "../edge-matcher.ts";
import type { ResourcePart } from "../file/indicators/resource.ts";
import type { IndicatorPart } from "../file/written.ts";
import type { Matcher, Selector } from "../objective.ts";
import { CADVISOR, CONTAINER, PROCESS, PROCESS_START_METRIC } from "../resource-sources.ts";
import { quotedSelector } from "../selector.ts";
import { windowForPhase } from "./window.ts";

/** What an OpenSLO SLO says of one of our indicators, as keys and values: its SLI's `spec` and its objective. */
export interface OpenSloIndicator {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly objective: Readonly<Record<string, unknown>>;
}

/** OpenSLO's targets stay below 1; ours may be 1. */
const HIGHEST = 0.999999;
/** Share of points at which a threshold must be met: OpenSLO must have one, our queries have one point a phase. */
const THRESHOLD_TARGET = 0.999;

const metric = (query: string) => ({ metricSource: { type: "Prometheus", spec: { query } } });
const rate = (selector: Selector) => metric(`sum(rate(${quotedSelector(selector)}[{{.window}}]))`);

/** The nearest that OpenSLO can say. What it cannot is for an annotation. */
export function openSloIndicator(part: IndicatorPart): OpenSloIndicator {
  switch (part.indicator) {
    case "latency": {
      const { metric: name, matchers } = part.histogram;
      const good = rate({ metric: `${name}_bucket`, matchers: [...matchers, edgeMatcher(part.atMost)] });
      const total = rate({ metric: `${name}_count`, matchers });
      return { spec: { ratioMetric: { counter: true, good, total } }, objective: { targetPercent: part.percentile } };
    }
    case "ratio": {
      // A share that must be large is good's, whatever we call it; one that must be small is bad's.
      const [kind, share] = part.op === "atLeast" ? ["good", part.limit] : ["bad", complement(part.limit)];
      const ratioMetric = { counter: true, [kind as string]: rate(part.part.selector), total: rate(part.total) };
      return { spec: { ratioMetric }, objective: { target: Math.min(share as number, HIGHEST) } };
    }
    case "resource":
      return threshold(resourceQuery(part), "atMost", part.atMost);
    case "query":
      return threshold(windowForPhase(part.promql), part.op, part.limit);
  }
}

function threshold(query: string, op: "atMost" | "atLeast", value: number): OpenSloIndicator {
  const objective = { op: op === "atMost" ? "lte" : "gte", value, target: THRESHOLD_TARGET };
  return { spec: { thresholdMetric: metric(query) }, objective };
}

/** What the process itself exports, else its container in Kubernetes; the judge looks at better sources as well. */
function resourceQuery(part: ResourcePart): string {
  const by = (label: string): Matcher => ({ label, op: "=", value: part.service });
  const process = (name: string) => `${quotedSelector({ metric: name, matchers: [by("job")] })}[{{.window}}]`;
  const named = (name: string) => quotedSelector({ metric: name, matchers: [by("container")] });
  const container = (name: string) => `${named(name)}[{{.window}}]`;
  const { memoryLimit, quota, period, throttled, periods, oomKills } = CADVISOR;
  switch (part.resource) {
    case "memory":
      return part.ofLimit
        ? `max(max_over_time(${container(CONTAINER.memory.gauge.metric)}) / (${named(memoryLimit)} > 0))`
        : `max(max_over_time(${process(PROCESS.memory.gauge.metric)}))`;
    case "cpu":
      return part.ofLimit
        ? `max(sum without (cpu) (rate(${container(CONTAINER.cpu.metric)})) / (${named(quota)} / ${named(period)}))`
        : `max(rate(${process(PROCESS.cpu.metric)}))`;
    case "throttling":
      return `max(increase(${container(throttled)}) / increase(${container(periods)}))`;
    case "oomKills":
      return `max(increase(${container(oomKills)}))`;
    case "restarts":
      return `max(changes(${process(PROCESS_START_METRIC)}))`;
  }
}
