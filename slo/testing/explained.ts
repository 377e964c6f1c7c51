import type { CounterEvidence, Course, Evidence } from "../core/evidence.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { judge } from "../core/judge.ts";
import { runFile } from "./files.ts";

const HISTOGRAM = "http_request_duration_seconds";

/** One objective of each kind and verdict. */
export const objectivesText = `service: task-api
objectives:
  - name: read-latency
    latency: { histogram: '${HISTOGRAM}{job="api"}', percentile: 99, atMost: 300ms }
  - name: strict-latency
    confidence: observed
    latency: { histogram: '${HISTOGRAM}{job="api"}', percentile: 99, atMost: 100ms }
  # As good as always.
  - name: rare-latency
    latency: { histogram: '${HISTOGRAM}{job="api"}', percentile: 99.99, atMost: 300ms }
  - name: between-latency
    confidence: observed
    latency: { histogram: '${HISTOGRAM}{job="api"}', percentile: 99, atMost: 250ms }
  - name: errors
    ratio: { bad: '${HISTOGRAM}_count{code=~"5.."}', total: '${HISTOGRAM}_count', atMost: 1% }
  - name: memory
    resource: { service: api, memory: { atMost: 128MiB, stat: peak } }
  - name: queue
    gating: false
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
  - name: pool
    query: { promql: 'max_over_time(pool_wait[$phase])', atMost: 2 }
  - name: bursty-latency
    burst: 2
    latency: { histogram: '${HISTOGRAM}{job="batch"}', percentile: 99, atMost: 300ms }
  - name: slow
    latency: { histogram: '${HISTOGRAM}{job="api"}', percentile: 99, atMost: 100ms }
`;

const times = Array.from({ length: 32 }, (_, index) => 1_795_365_610.75 + index);
const each = (count: number) => times.slice(1).map(() => count);
/** Of a hundred, how many are within the limit: three are not, twice, and one. */
const inBursts = (_: number, index: number) => (index === 4 || index === 17 ? 97 : index === 25 ? 99 : 100);
const MIB = 1024 ** 2;

function course(change: Partial<Course>): Course {
  return {
    job: "api",
    instance: "api-1",
    times,
    total: each(100),
    columns: [],
    scrapeInterval: 1,
    before: "still",
    after: "still",
    coverage: 1,
    troubles: [],
    ...change,
  };
}

const counter = (counted: CounterEvidence["counted"], queries: string[], target: Course): CounterEvidence => ({
  counted,
  phase: "steady",
  queries,
  failure: null,
  series: 4,
  missing: [],
  faults: [],
  targets: [target],
});

const latency = {
  kind: "latency",
  histogram: `${HISTOGRAM}{job="api"}`,
  form: "classic",
  edges: [0.1, 0.2, 0.3, 0.5],
  uniform: true,
} as const;
const [part, total] = [`${HISTOGRAM}_count{code=~"5.."}`, `${HISTOGRAM}_count`];
const gone = { kind: "down", from: 1_795_365_620.75, to: 1_795_365_622.75 } as const;
const watch = (troubles: Course["troubles"]) => ({
  selectors: ["queue_length"],
  failure: null,
  unwatched: [],
  everywhere: null,
  faults: [],
  targets: [{ job: "api", instance: "api-1", coverage: 1, troubles }],
});

export const evidence: Evidence = {
  schema: 1,
  phases: runFile.phases,
  counters: [
    counter(
      latency,
      [`${HISTOGRAM}_bucket{job="api"}`],
      course({ columns: [each(90), each(98), each(100), each(100)] }),
    ),
    counter(
      { ...latency, kind: "latency", histogram: `${HISTOGRAM}{job="batch"}` },
      [`${HISTOGRAM}_bucket{job="batch"}`],
      course({ job: "batch", columns: [each(90), each(95), times.slice(1).map(inBursts), each(100)] }),
    ),
    counter(
      { kind: "ratio", part, total },
      [part, total],
      course({ columns: [each(0)], troubles: [gone], after: "moved" }),
    ),
  ],
  resources: [
    {
      service: "api",
      namespace: null,
      container: null,
      resource: "memory",
      phase: "steady",
      origin: "container",
      queries: ['container_memory_working_set_bytes{service="api"}'],
      failure: null,
      replicas: [
        {
          name: "api-1",
          gauge: {
            metric: "container_memory_working_set_bytes",
            measure: "working set",
            times: times.slice(1, 4),
            values: [100 * MIB, 140.5 * MIB, 120 * MIB],
          },
          highWater: null,
          cpu: null,
          limit: null,
          throttling: null,
          events: null,
          coverage: 1,
          troubles: [],
          faults: [],
        },
      ],
    },
  ],
  queries: [
    {
      promql: "max_over_time(queue_length[30500ms])",
      phase: "steady",
      failure: null,
      series: [{ labels: { instance: "api-1" }, value: 1 }],
      watch: watch([]),
    },
    { promql: "max_over_time(pool_wait[30500ms])", phase: "steady", failure: null, series: [], watch: watch([]) },
  ],
};

const parsed = parseObjectives(objectivesText, "objectives.yaml");
if (parsed.kind !== "ok") throw new Error("the objectives of this fixture are no objectives");

export const objectivesFile = parsed.value;

export const report = judge(objectivesFile, runFile, evidence);
