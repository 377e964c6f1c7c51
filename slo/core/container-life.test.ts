import { describe, expect, it } from "vitest";
import { containerClock } from "./container-life.ts";
import type { Container } from "./containers.ts";
import type { RawSeries } from "./fetched.ts";
import { CADVISOR, CONTAINER, LIFE_COUNTERS } from "./resource-sources.ts";

const CPU = CONTAINER.cpu.metric;

type Sample = readonly [number, number];

function of(metric: string, all: readonly Sample[], id = "/docker/1"): RawSeries {
  const labels = { __name__: metric, id };
  return { labels, times: all.map(([time]) => time), values: all.map(([, value]) => value) };
}

function box(series: readonly RawSeries[], idIsLife = false): Container {
  return { name: "shop-api-1", namespace: "shop", container: "", idIsLife, series };
}

/** Between two looks, seconds. */
function between(one: Container, from = 10, to = 11): string {
  return containerClock(one, [CPU]).between(from * 1000, to * 1000);
}

const CPU_OF_ONE = of(CPU, [
  [9, 49],
  [10, 50],
  [11, 50.1],
  [12, 50.2],
]);

describe("a container began anew", () => {
  it.each(LIFE_COUNTERS)("where %s fell", (metric) => {
    const told = (...all: readonly Sample[]) => between(box([of(metric, all)]));
    expect(told([9, 8], [10, 7], [10.5, 7], [11, 7], [12, 6])).toBe("unknown");
    expect(told([10, 7], [11, 6.9])).toBe("changed");
    expect(told([10, 7], [10.5, 6], [11, 8])).toBe("changed");
  });

  it("where its start time is another, by more than exporters round it", () => {
    const told = (...starts: readonly Sample[]) => between(box([CPU_OF_ONE, of(CADVISOR.start, starts)]));
    expect(told([9.3, 5], [10.3, 5])).toBe("unknown");
    expect(told([9.3, 5], [10.3, 6])).toBe("unknown");
    expect(told([9.3, 5], [10.3, 6.001])).toBe("changed");
    expect(told([9.3, 6.001], [10.3, 5])).toBe("changed");
    expect(told([8.3, 4], [9.3, 5], [10.3, 5], [11.3, 9])).toBe("unknown");
    expect(told([10, 5], [11, 9])).toBe("changed");
  });

  it("but not where its start time is not told, or is no number", () => {
    const told = (...starts: readonly Sample[]) => between(box([CPU_OF_ONE, of(CADVISOR.start, starts)]));
    expect(told([10.3, 5])).toBe("unknown");
    expect(told([9.3, 5], [10.3, Number.NaN])).toBe("unknown");
    expect(told([9.3, 5], [9.5, Number.NaN], [10.3, 9])).toBe("changed");
    const started = box([CPU_OF_ONE, of(CADVISOR.start, [[9.3, 5]])]);
    expect([8, 10, 12, 13].map((time) => containerClock(started, [CPU]).startAt(time * 1000))).toEqual([
      null,
      5000,
      5000,
      null,
    ]);
    expect([between(started, 8, 10), between(started, 12, 13)]).toEqual(["unknown", "unknown"]);
  });

  const LATER = of(
    CPU,
    [
      [12, 60],
      [13, 61],
    ],
    "/docker/2",
  );
  const EARLIER = of(CPU, [
    [10, 50],
    [11, 51],
  ]);

  it("where its id is another, whichever comes first", () => {
    for (const one of [box([EARLIER, LATER]), box([LATER, EARLIER])])
      expect([between(one), between(one, 11, 12), between(one, 12, 13)]).toEqual(["unknown", "changed", "unknown"]);
    for (const one of [box([EARLIER, LATER], true), box([LATER, EARLIER], true)])
      expect([between(one), between(one, 11, 12), between(one, 12, 13)]).toEqual(["unchanged", "changed", "unchanged"]);
  });

  it("once, though its former life is seen beside the next", () => {
    const former = of(CPU, [
      [10, 50],
      [11, 51],
      [12, 52],
    ]);
    const next = of(
      CPU,
      [
        [11.5, 1],
        [12.5, 2],
      ],
      "/docker/2",
    );
    const looks = [10, 11, 11.5, 12, 12.5];
    const told = looks.slice(1).map((to, index) => between(box([former, next]), looks[index], to));
    expect(told).toEqual(["unknown", "unknown", "unknown", "changed"]);
  });
});

describe("a container is the same", () => {
  it("by an id for each life, as long as it is seen", () => {
    const pod = box([CPU_OF_ONE], true);
    expect([between(pod), between(pod, 8, 9), between(pod, 12, 13)]).toEqual(["unchanged", "unknown", "unknown"]);
  });

  /** The quota at scrapes a second apart, the first before the earlier look; null: not exported. */
  const scraped = (quotas: readonly (number | null)[], period = 1e5, first = 9.3) => [
    of(
      CADVISOR.quota,
      quotas.flatMap((quota, index): readonly Sample[] => (quota === null ? [] : [[first + index, quota]])),
    ),
    of(
      CADVISOR.period,
      quotas.map((_, index): Sample => [first + index, period]),
    ),
  ];
  const used = (seconds: number) =>
    of(CPU, [
      [10, 0],
      [11, seconds],
    ]);

  it.each<[string, number, readonly RawSeries[], string]>([
    ["more than its quota allows, by a quarter", 2.501, scraped([2e5, 2e5, 2e5]), "unchanged"],
    ["no more than that", 2.5, scraped([2e5, 2e5, 2e5]), "unknown"],
    ["without a quota", 50, scraped([null, null, null]), "unknown"],
    ["with a quota that is none, -1", 50, scraped([-1, -1, -1]), "unknown"],
    ["with a quota that is none, 0", 50, scraped([0, 0, 0]), "unknown"],
    ["with a quota that is no number", 50, scraped([2e5, Number.NaN, 2e5]), "unknown"],
    ["with a quota that was none for a while", 50, scraped([2e5, -1, 2e5]), "unknown"],
    ["with a quota that was taken away", 50, scraped([2e5, null, null]), "unknown"],
    ["with a quota that was taken away, scraped later", 50, scraped([2e5, 2e5, null]), "unknown"],
    ["of a period that is not told", 50, scraped([2e5, 2e5, 2e5]).slice(0, 1), "unknown"],
    ["of a period of 0", 50, scraped([2e5, 2e5, 2e5], 0), "unknown"],
    ["with a quota that was lowered", 3, scraped([4e5, 1e4, 1e4]), "unknown"],
    ["with a quota that was lowered as of the look", 3, scraped([4e5, 1e4], 1e5, 10), "unknown"],
    ["with a quota that was raised, scraped later", 3, scraped([1e4, 1e4, 4e5]), "unknown"],
    ["with a quota that was raised, scraped at the look", 3, scraped([1e4, 4e5], 1e5, 10), "unknown"],
    ["with other quotas before and after", 3, scraped([4e5, 1e5, 1e5, 1e5, 4e5], 1e5, 8.3), "unchanged"],
    ["with other quotas until the looks and after", 3, scraped([4e5, 1e5, 1e5, 4e5], 1e5, 9), "unchanged"],
    ["with a quota first scraped after the look", 3, scraped([1e5], 1e5, 11.3), "unchanged"],
    ["with a quota last scraped before the look", 3, scraped([1e5]), "unchanged"],
  ])("or not, having used %s", (_, seconds, series, told) => {
    expect(between(box([used(seconds), ...series]))).toBe(told);
  });

  it("not by what it had used at another look than the later one", () => {
    const looked = (...all: readonly Sample[]) => between(box([of(CPU, all), ...scraped([2e5, 2e5, 2e5])]));
    expect(looked([9, 50], [10, 50], [12, 50])).toBe("unknown");
    expect(looked([12, 50])).toBe("unknown");
  });
});
