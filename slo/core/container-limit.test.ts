import { describe, expect, it } from "vitest";
import { containerLimit } from "./container-limit.ts";
import type { Container } from "./containers.ts";
import type { RawSeries } from "./fetched.ts";
import { CADVISOR } from "./resource-sources.ts";

type Sample = readonly [number, number];

function of(metric: string, all: readonly Sample[], id = "/docker/1"): RawSeries {
  const labels = { __name__: metric, id };
  return { labels, times: all.map(([time]) => time), values: all.map(([, value]) => value) };
}

function box(series: readonly RawSeries[]): Container {
  return { name: "shop-api-1", namespace: "shop", container: "", idIsLife: false, series };
}

describe("a container's limit", () => {
  const PHASE = { name: "steady", from: 10, to: 20, quiet: true };
  const memory = (...all: readonly RawSeries[]) => containerLimit(box(all), "memory", PHASE);
  const told = (...all: readonly Sample[]) => of(CADVISOR.memoryLimit, all);
  const limit = (lowest: number, highest = lowest) => ({ metric: CADVISOR.memoryLimit, lowest, highest });

  it.each<[string, readonly Sample[], ReturnType<typeof limit> | null]>([
    ["scraped before the phase", [[9, 5]], limit(5)],
    ["scraped inside it", [[11, 5]], limit(5)],
    [
      "of before is no more",
      [
        [8, 1],
        [9, 5],
        [11, 5],
      ],
      limit(5),
    ],
    [
      "as of its start",
      [
        [9, 1],
        [10, 5],
        [11, 5],
      ],
      limit(5),
    ],
    [
      "changed inside it",
      [
        [9, 5],
        [12, 7],
        [13, 4],
        [14, 5],
      ],
      limit(4, 7),
    ],
    [
      "changed as it ended",
      [
        [9, 5],
        [20, 7],
      ],
      limit(5, 7),
    ],
    [
      "changed after it",
      [
        [9, 5],
        [20.001, 7],
      ],
      limit(5),
    ],
    ["set after it", [[20.001, 7]], null],
    ["never told", [], null],
    [
      "taken away for a while",
      [
        [9, 5],
        [12, 0],
        [14, 5],
      ],
      null,
    ],
    ["below 0", [[9, -1]], null],
    ["no number", [[9, Number.NaN]], null],
    [
      "no number for a while",
      [
        [9, 5],
        [12, Number.NaN],
      ],
      null,
    ],
    ["what cgroups write for none", [[9, 2 ** 62]], null],
    [
      "what cgroups write for none, for a while",
      [
        [9, 5],
        [12, 2 ** 63],
      ],
      null,
    ],
    ["just below that", [[9, 2 ** 61]], limit(2 ** 61)],
  ])("%s", (_, all, expected) => {
    expect(memory(told(...all))).toEqual(expected);
  });

  it("is no former container's of that name", () => {
    const former = of(
      CADVISOR.memoryLimit,
      [
        [7, 1],
        [8, 1],
      ],
      "/docker/0",
    );
    expect(memory(former, told([9, 5], [11, 5]))).toEqual(limit(5));
    expect(memory(told([9, 5], [11, 5]), of(CADVISOR.memoryLimit, [[11, 6]], "/docker/2"))).toEqual(limit(5, 6));
  });

  /** Quota and period at scrapes from 9 on; null: not exported. */
  const scraped = (all: readonly (readonly [number | null, number | null])[], id?: string) =>
    ([CADVISOR.quota, CADVISOR.period] as const).map((metric, which) =>
      of(
        metric,
        all.flatMap((pair, index): readonly Sample[] => {
          const value = pair[which];
          return value == null ? [] : [[9 + index, value]];
        }),
        id,
      ),
    );

  it.each<[string, readonly (readonly [number | null, number | null])[], readonly [number, number] | null]>([
    [
      "its quota by its period",
      [
        [5e4, 1e5],
        [1e5, 1e5],
      ],
      [1, 1],
    ],
    [
      "changed inside the phase",
      [
        [9e5, 1e5],
        [5e4, 1e5],
        [1e5, 1e5],
      ],
      [0.5, 1],
    ],
    [
      "changed by its period",
      [
        [1e5, 2e5],
        [1e5, 2e5],
        [1e5, 1e5],
      ],
      [0.5, 1],
    ],
    [
      "none",
      [
        [null, 1e5],
        [null, 1e5],
      ],
      null,
    ],
    [
      "taken away",
      [
        [1e5, 1e5],
        [1e5, 1e5],
        [null, 1e5],
      ],
      null,
    ],
    [
      "taken away for a while",
      [
        [1e5, 1e5],
        [1e5, 1e5],
        [-1, 1e5],
        [1e5, 1e5],
      ],
      null,
    ],
    ["what cgroups write for none", [[2 ** 62, 1e5]], null],
    ["of a period that is not told", [[1e5, null]], null],
    ["of a period of 0", [[1e5, 0]], null],
    ["of a period that is no number", [[1e5, Number.NaN]], null],
  ])("of CPU, in cores: %s", (_, all, expected) => {
    const found = expected === null ? null : { metric: CADVISOR.quota, lowest: expected[0], highest: expected[1] };
    expect(containerLimit(box(scraped(all)), "cpu", PHASE)).toEqual(found);
  });

  it("of CPU is each life's own, also where both are told at once", () => {
    const lives = [
      ...scraped([
        [1e5, 1e5],
        [1e5, 1e5],
      ]),
      ...scraped(
        [
          [2e5, 1e5],
          [2e5, 1e5],
        ],
        "/docker/2",
      ),
    ];
    expect(containerLimit(box(lives), "cpu", PHASE)).toEqual({ metric: CADVISOR.quota, lowest: 1, highest: 2 });
  });
});
