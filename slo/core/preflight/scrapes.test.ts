import { describe, expect, it } from "vitest";
import { errors, resource } from "../fixtures/scene.ts";
import { amiss, fine, type Scene, steady, target } from "./fixtures/amiss.ts";
import { API, FACTS, PLAN, seen } from "./fixtures/system.ts";

const said = (scene: Scene): string[] => [...amiss(scene), ...fine(scene)].filter((line) => line.includes("scrapes: "));
const every = (interval: number) => target({ interval });
const rarely = steady({ offset: 100 });
const later = (offset: number, name = "later") => ({ ...PLAN.phases[1], name, offset }) as (typeof PLAN.phases)[number];
const withPhases = (...more: (typeof PLAN.phases)[number][]) => ({ ...PLAN, phases: [...PLAN.phases, ...more] });
const pause = (length: string) =>
  `unknown 0 scrapes: 2 scrapes in each pause around steady; a scrape every 1 s, a pause of ${length}; pause at least 2 s after the drain, or scrape more often: else the scrapes that cross its edges count in part`;
const ENOUGH = "at least 5 scrapes in steady";

describe("scrapes", () => {
  it.each<[string, Scene, string]>([
    [
      "just fit twice into a pause",
      { facts: every(1.5) },
      `scrapes: ${ENOUGH}; a scrape every 1.5 s: 20 scrapes in steady (30 s)`,
    ],
    [
      "are just two in the phase",
      { facts: every(15), plan: rarely },
      `unknown 0 scrapes: ${ENOUGH}; a scrape every 15 s: 2 scrapes in steady (30 s); scrape every 6 s or more often: what happens between scrapes is not seen`,
    ],
    [
      "are just enough",
      { facts: every(6), plan: rarely },
      `scrapes: ${ENOUGH}; a scrape every 6 s: 5 scrapes in steady (30 s)`,
    ],
    [
      "are rare, in long pauses, for a ratio",
      { objective: errors(), facts: every(16), plan: rarely },
      `unknown 0 scrapes: ${ENOUGH}; a scrape every 16 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 80 s long`,
    ],
    ["fit into the pause before, and not into the one after", { plan: withPhases(later(46.5)) }, pause("1.5 s")],
    [
      "fit into the pause after",
      { plan: withPhases(later(47)) },
      `scrapes: ${ENOUGH}; a scrape every 1 s: 30 scrapes in steady (30 s)`,
    ],
    [
      "are looked at in the nearest pause of several",
      { plan: withPhases(later(200, "last"), later(46.5)) },
      pause("1.5 s"),
    ],
    ["have no pause where phases overlap", { plan: withPhases(later(40)) }, pause("0 s")],
    [
      "of the slowest target count",
      { facts: { targets: [every(10), every(1)].flatMap(({ targets = [] }) => targets) } },
      `unknown 0 scrapes: ${ENOUGH}; a scrape every 10 s: 3 scrapes in steady (30 s); scrape every 6 s or more often: what happens between scrapes is not seen`,
    ],
    [
      "of a phase that the plan has not are told by their interval",
      { objective: errors({ phase: "peak" }) },
      "scrapes: the interval between scrapes; a scrape every 1 s",
    ],
  ])("%s", (_what, scene, line) => {
    expect(said(scene)).toEqual([line]);
  });
});

describe("scrapes of a resource", () => {
  const slow = { ...API, interval: 600, labels: { job: "worker", instance: "worker-1" } };
  const cadvisor = { ...API, interval: 10, labels: { job: "cadvisor", instance: "node-1" } };
  const container = {
    ...seen("container_memory_working_set_bytes", { id: "/a", container: "api", ...cadvisor.labels }),
    value: 1,
  };

  it("are those of the service's own job", () => {
    const facts = { targets: [slow, API] };
    expect(said({ objective: resource(), facts })).toEqual([
      `scrapes: ${ENOUGH}; a scrape every 1 s: 30 scrapes in steady (30 s)`,
    ]);
  });

  it("are cAdvisor's where it keeps the account: few are told, one may do, no pause is long enough for certain", () => {
    const facts = (interval: number) => ({
      series: [...FACTS.series, container],
      targets: [API, slow, { ...cadvisor, interval }],
    });
    expect(said({ objective: resource(), facts: facts(10) })).toEqual([
      `unknown 0 scrapes: ${ENOUGH}; a scrape every 10 s: 3 scrapes in steady (30 s); scrape every 6 s or more often: what happens between scrapes is not seen`,
    ]);
    expect(said({ objective: resource(), facts: facts(30) })).toEqual([
      `unknown 0 scrapes: ${ENOUGH}; a scrape every 30 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 2.5 min long`,
    ]);
    expect(said({ objective: resource(), facts: facts(2) })).toEqual([
      `scrapes: ${ENOUGH}; a scrape every 2 s: 15 scrapes in steady (30 s)`,
    ]);
  });

  it("are not asked for where cAdvisor's are not known", () => {
    const facts = { series: [container], targets: [API, { ...cadvisor, state: "gone" as const }] };
    expect(said({ objective: resource(), facts })).toEqual([]);
  });

  it("come from replicas that answer", () => {
    const down = { ...API, state: "down" as const, labels: { job: "api", instance: "api-2" } };
    expect(amiss({ objective: resource(), facts: { targets: [API, down] } })).toEqual([
      "problem 3 targets: every target in use is scraped, and `up`; down: api api-2; start it, or see its error on Prometheus' page /targets",
    ]);
  });
});
