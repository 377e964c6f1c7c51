import { describe, expect, it } from "vitest";
import type { Replica } from "./evidence.ts";
import { judgedReplicas, replicaOf } from "./fixtures/replica.ts";
import { events, OBSERVED, resource } from "./fixtures/scene.ts";
import type { ResourceObjective } from "./objective.ts";

const TIMES = [1000, 1010, 1030];
const rss = (...values: readonly number[]): Partial<Replica> => ({
  gauge: { metric: "rss", measure: "RSS", times: values.map((_, index) => 1001 + index), values },
});
const cpu = (...used: readonly number[]): Partial<Replica> => ({ cpu: { metric: "cpu", times: TIMES, used } });
const counts = (...seen: readonly number[]): Partial<Replica> => ({
  events: { metric: "events", times: TIMES, counts: seen, unsure: 0 },
});
const held: Partial<Replica> = {
  throttling: { metric: "periods", times: TIMES, throttled: [9, 9], periods: [10, 10] },
};
const MEMORY = resource({ atMost: 10 });
const MEMORY_MEAN = resource({ atMost: 10, stat: "mean" });
const CPU = resource({ resource: "cpu", stat: "peak", atMost: 1 });
const CPU_MEAN = resource({ resource: "cpu", stat: "mean", atMost: 1 });

describe("a breach of which little of the phase is known", () => {
  it.each<[ResourceObjective, Partial<Replica>, string]>([
    [MEMORY, rss(11), "broken"],
    [MEMORY_MEAN, rss(11), "coverage"],
    [CPU, cpu(20, 0), "broken"],
    [CPU_MEAN, cpu(100, 100), "coverage"],
    [events({ resource: "oomKills" }), counts(1, 0), "broken"],
    [events({ resource: "restarts" }), counts(1, 0), "broken"],
    [events({ resource: "throttling", atMost: 0.5 }), held, "coverage"],
  ])("%# stands where one moment is enough", (objective, parts, code) => {
    const found = judgedReplicas(objective, [replicaOf({ ...parts, coverage: 0.5 })]);
    expect(found).toMatchObject({ verdict: code === "broken" ? "fail" : "inconclusive", reason: { code } });
    expect(judgedReplicas(objective, [replicaOf(parts)]).verdict).toBe("fail");
  });

  it("is no pass where it is none, and says so", () => {
    expect(judgedReplicas(CPU_MEAN, [replicaOf({ ...cpu(1, 1), coverage: 0.5 })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage", text: "Only 50 % of steady is covered at api-1, 90 % must be." },
      measured: { value: 2 / 30 },
    });
    expect(judgedReplicas(CPU_MEAN, [replicaOf({ ...cpu(1, 1), coverage: 0.9 })]).verdict).toBe("pass");
  });
});

describe("a gap that hides nothing from a counter", () => {
  const troubles = [{ kind: "gap", from: 1010, to: 1014, atEdge: false, process: "unchanged" }] as const;
  const mark = { metric: "peak", measure: "RSS", comparable: true, atStart: 5, beforeEnd: 5, atEnd: 5 };

  it("withholds what rests on samples, and nothing else", () => {
    const observed = { ...MEMORY, confidence: OBSERVED };
    expect(judgedReplicas(observed, [replicaOf({ ...rss(5), troubles })])).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "gap",
        text: "api-1 was not scraped for 4 s from 00:16:50 UTC on, and what a gauge was meanwhile is not seen.",
      },
      measured: { value: 5 },
    });
    expect(judgedReplicas(MEMORY, [replicaOf({ ...rss(5), highWater: mark, troubles })]).verdict).toBe("pass");
    expect(judgedReplicas(observed, [replicaOf({ ...rss(11), troubles })]).verdict).toBe("fail");
  });
});

describe("several replicas", () => {
  const named = (name: string, parts: Partial<Replica>) => replicaOf({ name, ...parts });
  const shown = (objective: ResourceObjective, replicas: readonly Replica[]) =>
    [replicas, replicas.toReversed()].map((all) => {
      const { verdict, reason, measured } = judgedReplicas(objective, all);
      return `${verdict} ${/[abc]-1/.exec(reason.text)} ${measured?.value ?? null}`;
    });

  it("are as bad as the worst, and of those alike the largest is told", () => {
    expect(shown(MEMORY, [named("a-1", rss(11)), named("b-1", rss(13)), named("c-1", rss(12))])).toEqual([
      "fail b-1 13",
      "fail b-1 13",
    ]);
    expect(judgedReplicas(MEMORY, [named("a-1", {}), named("b-1", {})]).verdict).toBe("no-data");
    expect(shown(MEMORY, [named("a-1", {}), named("b-1", rss(5))])).toEqual(["no-data a-1 null", "no-data a-1 null"]);
  });

  it("span what was seen of any of them", () => {
    const span = (from: string, to: string) => ({
      from: `1970-01-01T00:16:${from}.000Z`,
      to: `1970-01-01T00:17:${to}.000Z`,
      coverage: 1,
    });
    const early = { gauge: { metric: "rss", measure: "RSS", times: [1019, 1021], values: [1, 1] } };
    const late = { gauge: { metric: "rss", measure: "RSS", times: [1017, 1020], values: [1, 1] } };
    expect(judgedReplicas(MEMORY, [named("a-1", early), named("b-1", late)]).span).toEqual(span("57", "01"));
    for (const [objective, parts] of [
      [CPU_MEAN, cpu(1, 1)],
      [events({ resource: "throttling" }), held],
      [events(), counts(0, 0)],
    ] as const)
      expect(judgedReplicas(objective, [replicaOf(parts)]).span).toEqual(span("40", "10"));
    expect(judgedReplicas(MEMORY, [replicaOf()]).span).toBeNull();
  });

  it("are none at all", () => {
    expect(judgedReplicas(MEMORY, [])).toEqual({
      verdict: "no-data",
      measured: null,
      counts: null,
      bound: null,
      span: null,
      reason: { code: "no-series", text: "No replica of api was there in the phase." },
      queries: ["asked"],
    });
  });

  it("are looked for within a namespace and among containers at once", () => {
    const both = resource({ namespace: "shop", container: "app" });
    const where = "no container by a Compose label, a container's or a pod's name";
    expect(judgedReplicas(both, [], { origin: "none" }).reason).toEqual({
      code: "no-series",
      text: `Prometheus knows no memory of a service "api": ${where} in the namespace "shop" with a container "app".`,
    });
    expect(judgedReplicas(events({ resource: "oomKills" }), [], { origin: "none" }).reason.text).toBe(
      `Prometheus knows no OOM kills of a service "api": ${where}, and no process tells of it.`,
    );
    expect(judgedReplicas(CPU, [], { origin: "none" }).reason.text).toBe(
      `Prometheus knows no cpu of a service "api": ${where}, and no process with job="api" that exports it.`,
    );
  });
});

describe("a replica that cannot be judged", () => {
  it("has samples that nothing is decided on, whatever they show", () => {
    const faults = [{ code: "bad-value", text: "rss is NaN" }] as const;
    for (const parts of [{}, rss(5), rss(11)])
      expect(judgedReplicas(MEMORY, [replicaOf({ ...parts, faults })])).toMatchObject({
        verdict: "inconclusive",
        reason: { code: "bad-value", text: "rss is NaN: nothing is decided on such data." },
        measured: null,
      });
  });

  it.each([
    ["memory", rss(1)],
    ["cpu", cpu(1, 1)],
  ] as const)("has no limit that its %s could be a share of", (kind, parts) => {
    const share = resource({ resource: kind, atMost: 0.5, ofLimit: true });
    expect(judgedReplicas(share, [replicaOf(parts)])).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-limit" },
      measured: null,
    });
  });
});
