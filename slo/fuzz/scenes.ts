import { planFetch } from "../core/fetch-plan.ts";
import type { FetchPlan, InstantRequest, RangeRequest, RawSeries } from "../core/fetched.ts";
import { nativeHistogram } from "../core/fixtures/native.ts";
import {
  COUNTER,
  errors,
  fileOf,
  latency,
  query,
  resource,
  runFile,
  selector,
  target,
  WINDOW_FACTS,
} from "../core/fixtures/scene.ts";
import { type Call, calls, histogram } from "../core/fixtures/service.ts";
import { fetchFrom, type Scraped, type Source, scrapes, type World } from "../core/fixtures/world.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { phasesOf } from "../core/phases.ts";
import type { RunFile, WindowFacts } from "../core/run.ts";
import { matrixBody, vectorBody } from "./prometheus-json.ts";

/** One objective of each kind, so that every answer matters to one of them. */
export const FILE: ObjectivesFile = fileOf(
  latency(),
  errors(),
  resource(),
  resource({ name: "cpu", resource: "cpu", stat: "mean", atMost: 1 }),
  query(),
);

/** What Prometheus answered to one request, as its HTTP API writes it. */
export interface Told {
  readonly request: RangeRequest | InstantRequest;
  readonly body: unknown;
}

/** A run or a window, and what a healthy Prometheus tells of it. */
export interface Scene {
  readonly name: string;
  readonly world: World;
  readonly run: RunFile | WindowFacts;
  readonly plan: FetchPlan;
  readonly told: readonly Told[];
}

const MIB = 1024 ** 2;
const PROMQL = "max_over_time(db_pool_waiting[30s])";

/** Requests before, in and after the phase, none while the load paused. */
function traffic(count: number, odd: Parameters<typeof calls>[3] = {}): readonly Call[] {
  return [...calls(980, 988, 200), ...calls(1000.5, 1029, count, odd)];
}

interface Life {
  readonly memory?: number;
  /** Its process is another one from then on. */
  readonly restart?: number;
  /** Cores. */
  readonly cpu?: number;
  readonly sources?: readonly Source[];
  readonly change?: Partial<Scraped>;
}

function replica(
  all: readonly Call[],
  { memory = 100 * MIB, cpu = 0.2, restart = 1e9, sources, change }: Life = {},
): Scraped {
  const start = (time: number) => (time < restart ? 900 : restart);
  const gauge = (name: string, at: Source["at"]): Source => ({ labels: { __name__: name }, at });
  return target(all, {
    scrapes: scrapes(970.25, 1050.25, 2),
    sources: [
      ...(sources ?? histogram(all, { restarts: [restart] })),
      gauge("process_resident_memory_bytes", () => memory),
      gauge("process_resident_memory_peak_bytes", (time) => memory * (time < restart ? 1.1 : 1.05)),
      gauge("process_cpu_seconds_total", (time) => (time - start(time)) * cpu),
    ],
    start,
    ...change,
  });
}

function waiting(value: number): readonly RawSeries[] {
  return [{ labels: { job: "api", instance: "127.0.0.1:9464" }, times: [1030], values: [value] }];
}

const SLOW = { bad: 600, seconds: 0.5, status: "500" };

type NamedWorld = readonly [name: string, world: World, run?: RunFile | WindowFacts];

/** From every verdict: what no mutation may make better, and what any may make worse. */
export const WORLDS: readonly NamedWorld[] = [
  ["healthy", { targets: [replica(traffic(6000))], instants: { [PROMQL]: waiting(1) } }],
  ["healthy window", { targets: [replica(traffic(6000))], instants: { [PROMQL]: waiting(1) } }, WINDOW_FACTS],
  [
    "two healthy replicas",
    {
      targets: [replica(traffic(3000)), replica(traffic(3000), { change: { instance: "b:1" } })],
      instants: { [PROMQL]: [...waiting(1), ...waiting(0)] },
    },
  ],
  [
    "everything broken",
    { targets: [replica(traffic(6000, SLOW), { memory: 400 * MIB, cpu: 1.5 })], instants: { [PROMQL]: waiting(9) } },
  ],
  [
    "everything broken in a window",
    { targets: [replica(traffic(6000, SLOW), { memory: 400 * MIB, cpu: 1.5 })], instants: { [PROMQL]: waiting(9) } },
    WINDOW_FACTS,
  ],
  ["too little of it", { targets: [replica(traffic(120))], instants: { [PROMQL]: waiting(Number.NaN) } }],
  ["no requests", { targets: [replica(calls(980, 988, 200))], instants: { [PROMQL]: [] } }],
  ["nothing", { targets: [] }],
  [
    "no edge at the limit",
    { targets: [replica(traffic(6000, SLOW), { sources: histogram(traffic(6000, SLOW), { edges: [0.05, 1] }) })] },
  ],
  ["restarted", { targets: [replica(traffic(6000), { restart: 1015 })] }],
  [
    "down for a while",
    { targets: [replica(traffic(6000), { change: { scrapes: scrapes(970.25, 1050.25, 2, { down: [1009, 1015] }) } })] },
  ],
  [
    "native",
    {
      targets: [replica(traffic(6000), { sources: nativeHistogram(traffic(6000)) })],
      instants: { [PROMQL]: waiting(1) },
    },
  ],
  [
    "broken native",
    { targets: [replica(traffic(6000, SLOW), { sources: nativeHistogram(traffic(6000, SLOW)) })] },
    WINDOW_FACTS,
  ],
  [
    "classic and native",
    {
      targets: [
        replica(traffic(600, SLOW), {
          sources: [...histogram(traffic(600, SLOW)), ...nativeHistogram(traffic(600, SLOW))],
        }),
      ],
    },
  ],
  ["without a clock", { targets: [replica(traffic(6000), { change: { withoutUp: true } })] }],
  ["gone before the end", { targets: [replica(traffic(6000), { change: { scrapes: scrapes(970.25, 1020.25, 2) } })] }],
];

/** Failed requests whose timestamps are of their own, all of them before what is fetched. */
const UNSEEN = histogram(calls(900, 930, 600, { bad: 600, seconds: 0.5, status: "500" })).map((source): Source => {
  return { ...source, times: [940.7, 941.7] };
});

/** Only who asks for what was alive as well sees what is wrong here. */
export const LAGGING: NamedWorld = [
  "lagging",
  {
    targets: [replica(traffic(6000), { sources: [...histogram(traffic(6000)), ...UNSEEN] })],
    instants: { [PROMQL]: waiting(1) },
  },
];

export const SCENES: readonly Scene[] = WORLDS.map(([name, world, given]) => {
  const run = given ?? runFile();
  const serverCounter = "window" in run ? null : selector(COUNTER);
  const plan = planFetch(FILE, phasesOf(run), { marginSeconds: 30, serverCounter });
  const { ranges, instants } = fetchFrom(world, plan);
  const told: readonly Told[] = [
    ...ranges.map(({ request, ...answer }) => ({
      request,
      body: matrixBody(answer.kind === "answer" ? answer.result : []),
    })),
    ...instants.map(({ request, ...answer }) => ({
      request,
      body: vectorBody(answer.kind === "answer" ? answer.result : []),
    })),
  ];
  return { name, world, run, plan, told };
});
