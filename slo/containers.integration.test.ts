import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report, ReportedObjective } from "./core/report.ts";
import { readRecording } from "./testing/cadvisor/recording.ts";
import { folderWith, slo } from "./testing/command.ts";
import { type RunningPrometheus, startPrometheus } from "./testing/prometheus.ts";

/** Name, what is judged, and by which confidence. */
const OBJECTIVES: readonly (readonly [string, string, "observed"?])[] = [
  ["hog-memory", "service: hog, memory: { atMost: 150MiB }"],
  ["hog-share", "service: hog, memory: { atMost: 70% }"],
  ["hog-broken", "service: hog, memory: { atMost: 100MiB }"],
  ["hog-share-broken", "service: hog, memory: { atMost: 50% }"],
  ["twin-memory", "service: twin, namespace: shop, memory: { atMost: 64MiB }"],
  ["twin-cpu", "service: twin, cpu: { atMost: 70% }"],
  ["twin-restarts", "service: twin, restarts: { atMost: 0 }", "observed"],
  ["twin-proof", "service: twin, restarts: { atMost: 0 }"],
  ["unlimited-share", "service: unlimited, memory: { atMost: 80% }"],
  ["unlimited-throttling", "service: unlimited, throttling: { atMost: 5% }"],
  ["throttled", "service: throttled, throttling: { atMost: 20% }"],
  ["hog-throttling", "service: hog, throttling: { atMost: 60% }"],
  ["killed", "service: killed, oomKills: { atMost: 0 }"],
  ["killed-once", "service: killed, oomKills: { atMost: 1 }", "observed"],
  ["restarted", "service: restarted, restarts: { atMost: 0 }"],
  ["restarted-memory", "service: restarted, memory: { atMost: 256MiB }"],
  ["crashing", "service: crashing, restarts: { atMost: 0 }"],
  ["crashing-kills", "service: crashing, oomKills: { atMost: 0 }"],
  ["plain", "service: plain, memory: { atMost: 64MiB }"],
  ["api-memory", "service: api, memory: { atMost: 60% }"],
  ["api-cpu", "service: api, cpu: { atMost: 90% }"],
  ["api-restarts", "service: api, restarts: { atMost: 0 }"],
  ["api-kills", "service: api, oomKills: { atMost: 0 }"],
  ["web-memory", "service: web, memory: { atMost: 50MiB }"],
  ["web-proxy", "service: web, container: proxy, memory: { atMost: 50MiB }"],
  ["flaky", "service: flaky, namespace: live, restarts: { atMost: 0 }"],
  ["nobody", "service: nobody, memory: { atMost: 1GiB }"],
];

const open: { prometheus?: RunningPrometheus; folder?: Awaited<ReturnType<typeof folderWith>> } = {};
let judged = new Map<string, ReportedObjective>();

beforeAll(async () => {
  const recording = await readRecording(Math.floor(Date.now() / 1000) - 600);
  const prometheus = await startPrometheus([], "1s", { history: recording.series });
  open.prometheus = prometheus;
  const lines = OBJECTIVES.map(
    ([name, keys, confidence = "95%"]) => `  - { name: ${name}, confidence: ${confidence}, resource: { ${keys} } }\n`,
  );
  open.folder = await folderWith({ "objectives.yaml": `service: shop\nobjectives:\n${lines.join("")}` });
  const { path } = open.folder;
  const window = ["--from", String(recording.from), "--to", String(recording.to)];
  const told = await slo(["check", "objectives.yaml", "--prometheus", prometheus.url, ...window, "--format", "json"], {
    cwd: path,
  });
  expect(told.stderr).toBe("");
  const report = JSON.parse(told.stdout) as Report;
  judged = new Map(report.objectives.map((one) => [one.name, one]));
});
afterAll(async () => {
  await open.prometheus?.stop();
  await open.folder?.remove();
});

type Expected = readonly [name: string, verdict: string, code: string, text: string];

function holds([name, verdict, code, text]: Expected): void {
  expect(judged.get(name)).toMatchObject({ verdict, reason: { code, text: expect.stringContaining(text) } });
}

describe("cAdvisor beside Docker, as recorded", () => {
  it.each<Expected>([
    ["hog-memory", "pass", "proven", "of shop-hog-1 (the container's, by cAdvisor) is 122 MiB; 150 MiB is allowed."],
    ["hog-share", "pass", "proven", "140 MiB, 70 % of its memory limit of 200 MiB, is allowed."],
    [
      "hog-broken",
      "fail",
      "broken",
      "of shop-hog-1 (the container's, by cAdvisor) was 122 MiB; only 100 MiB is allowed.",
    ],
    ["hog-share-broken", "fail", "broken", "only 100 MiB, 50 % of its memory limit of 200 MiB, is allowed."],
    ["twin-memory", "pass", "proven", "of shop-twin-"],
    ["twin-cpu", "pass", "proven", "0.35 cores, 70 % of its CPU quota of 0.5 cores, allowed."],
    ["plain", "pass", "proven", "of plain (the container's, by cAdvisor)"],
    ["unlimited-share", "no-data", "no-limit", "shop-unlimited-1 has no memory limit"],
  ])("%s: %s, %s", (...expected) => holds(expected));

  it.each<Expected>([
    ["throttled", "fail", "broken", "throttled in 67.6 % of its CPU periods (570 of 843); only 20 % allowed."],
    ["hog-throttling", "pass", "proven", "(0 of 815); 60 % allowed."],
    ["unlimited-throttling", "no-data", "no-limit", "containers with a CPU quota only"],
    ["killed", "fail", "broken", "had 1 OOM kill; only 0 allowed."],
    ["killed-once", "pass", "observed", "had 1 OOM kill, as far as it shows; 1 allowed."],
    [
      "restarted",
      "fail",
      "broken",
      "shop-restarted-1 (container_start_time_seconds, the container's, by cAdvisor) had 1",
    ],
    ["restarted-memory", "inconclusive", "target-restarted", "shop-restarted-1 restarted by"],
    [
      "crashing",
      "fail",
      "broken",
      "shop-crashing-1 (container_start_time_seconds, the container's, by cAdvisor) had 1",
    ],
    ["crashing-kills", "inconclusive", "coverage", "at shop-crashing-1"],
    ["twin-restarts", "pass", "observed", "had 0 restarts, as far as it shows; 0 allowed."],
    ["twin-proof", "inconclusive", "restart-unseen", "Under Docker a restart keeps the container's id"],
  ])("%s: %s, %s", (...expected) => holds(expected));

  it("was asked for by the label that knows the service", () => {
    expect(judged.get("throttled")?.queries).toEqual([
      'container_cpu_cfs_throttled_periods_total{container_label_com_docker_compose_service="throttled"}',
      'container_cpu_cfs_periods_total{container_label_com_docker_compose_service="throttled"}',
    ]);
  });
});

describe("a kubelet's cAdvisor, as recorded", () => {
  it.each<Expected>([
    ["api-memory", "pass", "proven", "60 MiB, 60 % of its memory limit of 100 MiB, is allowed."],
    ["api-cpu", "pass", "proven", "0.45 cores, 90 % of its CPU quota of 0.5 cores, allowed."],
    ["api-restarts", "pass", "proven", "had 0 restarts; 0 allowed."],
    ["api-kills", "pass", "proven", "had 0 OOM kills; 0 allowed."],
    ["web-memory", "pass", "proven", "of web-77f47f686f-"],
    ["web-proxy", "fail", "broken", "/proxy (the container's, by cAdvisor) was 62 MiB; only 50 MiB is allowed."],
    ["flaky", "fail", "broken", "/app (container_start_time_seconds, the container's, by cAdvisor) had 1 restart;"],
    ["nobody", "no-data", "no-series", 'Prometheus knows no memory of a service "nobody"'],
  ])("%s: %s, %s", (...expected) => holds(expected));
});
