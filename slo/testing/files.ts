import type { PlanFile } from "../core/plan-file.ts";
import type { RunFile } from "../core/run.ts";

/** A good run file: ten seconds of warm-up, thirty of load. */
export const runFile: RunFile = {
  schema: 1,
  id: "20261122-164000-ab12",
  profile: "average",
  from: 1_795_365_600,
  to: 1_795_365_642,
  phases: [
    { name: "warmup", from: 1_795_365_600, to: 1_795_365_610, quiet: true },
    { name: "steady", from: 1_795_365_611, to: 1_795_365_641.5, quiet: true },
  ],
  client: [
    {
      phase: "steady",
      answered: 6000,
      unanswered: 0,
      interrupted: 0,
      retries: 0,
      unexpected: 0,
      serverErrors: 0,
      iterations: 1000,
      droppedIterations: 0,
      latency: { p50: 0.002, p95: 0.01, p99: 0.03, max: 0.2 },
    },
  ],
  load: [{ phase: "steady", offeredRate: 33, achievedRate: 33, maxVUs: 20, peakVUs: 4, generatorCpu: 0.2 }],
  serverCounter: 'http_request_duration_seconds_count{job="api"}',
  fingerprint: {
    gitRevision: null,
    gitDirty: null,
    versions: { k6: "2.2.0" },
    machine: { os: "linux", arch: "x64", cpu: "some", cores: 2, memoryBytes: 8_000_000_000 },
  },
  timings: { load: 42 },
  failure: null,
};

/** A good plan file: enough to prove a p99, not a p99.9. */
export const planFile: PlanFile = {
  schema: 1,
  profile: "average",
  duration: 45,
  phases: [
    {
      name: "steady",
      offset: 10,
      duration: 30,
      drain: 1,
      quiet: true,
      rate: 33,
      iterations: 1000,
      maxVUs: 20,
      requests: [{ name: "list", labels: { method: "GET" }, count: 1000 }],
    },
  ],
};
