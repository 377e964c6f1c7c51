import { describe, expect, it } from "vitest";
import { evidenceOf, fileOf, judged, query, resource, runFile, target, WINDOW_FACTS } from "./fixtures/scene.ts";
import { type Scraped, scrapes } from "./fixtures/world.ts";

const PROMQL = 'max_over_time(db_pool_waiting{job="api"}[$phase])';
const HERE = { job: "api", instance: "127.0.0.1:9464" };

/** The verdict on a query that answers `value`, with these targets about. */
function asked(
  targets: readonly Scraped[],
  promql = PROMQL,
  value = 1,
  labels: Readonly<Record<string, string>> = HERE,
) {
  const result = [{ labels, times: [1030], values: [value] }];
  const instants = { [promql.replaceAll("$phase", "30s")]: result };
  const { verdict, reason, span } = judged(query({ promql }), targets, runFile(), { instants });
  return { verdict, code: reason.code, text: reason.text, coverage: span?.coverage };
}

const healthy = target([]);
const change = (one: Partial<Scraped>) => target([], { ...one });
const down = change({ scrapes: scrapes(970.25, 1050.25, 1, { down: [1010, 1012] }) });
const second = (one: Partial<Scraped>) => target([], { instance: "b:1", ...one });
const other = (one: Partial<Scraped>) => target([], { job: "other", instance: "c:1", ...one });
const DOWN = { scrapes: scrapes(970.25, 1050.25, 1, { down: [1010, 1012] }) };

describe("rule 8: the targets that a query reads", () => {
  it("lets pass what was watched throughout", () => {
    expect(asked([healthy])).toEqual({
      verdict: "pass",
      code: "met",
      text: "The result is 1; at most 2 is allowed.",
      coverage: 1,
    });
  });

  it.each<[string, Partial<Scraped>, string, RegExp]>([
    [
      "down",
      DOWN,
      "target-down",
      /^api 127\.0\.0\.1:9464 could not be scraped between 00:16:49 and 00:16:52 UTC \(up was 0\)/,
    ],
    [
      "not scraped for a while",
      { scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1010, 1012] }) },
      "gap",
      /what a gauge was meanwhile is not seen\.$/,
    ],
    [
      "not scraped at the end",
      { scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1028, 1032] }) },
      "gap",
      /over the edge/,
    ],
    ["dropped before the end", { scrapes: scrapes(970.25, 1028.25, 1) }, "edge-missing", /at or after the end/],
    ["dropped half-way", { scrapes: scrapes(970.25, 1015.25, 1) }, "coverage", /the last is at 00:16:55 UTC/],
    [
      "restarted",
      { start: (time: number) => (time < 1010 ? 900 : 1010) },
      "target-restarted",
      /restarted by 00:16:50 UTC/,
    ],
  ])("withdraws a pass where one was %s, never a fail", (_what, one, code, text) => {
    const found = asked([change(one)]);
    expect(found).toMatchObject({ verdict: "inconclusive", code });
    expect(found.text).toMatch(text);
    expect(asked([change(one)], PROMQL, 3)).toMatchObject({ verdict: "fail", code: "broken" });
  });

  it("does not let a replica without series hide behind the others", () => {
    expect(asked([healthy, second(DOWN)])).toMatchObject({ verdict: "inconclusive", code: "target-down" });
    expect(asked([healthy, second({ scrapes: scrapes(970.25, 1050.25, 1, { down: [960, 1060] }) })])).toMatchObject({
      verdict: "inconclusive",
      code: "coverage",
    });
    expect(asked([healthy, second(DOWN)], PROMQL.replace("}", ',instance=~"127.*"}')).verdict).toBe("pass");
  });

  it("looks at no target that the selectors exclude", () => {
    expect(asked([healthy, other(DOWN)]).verdict).toBe("pass");
    const both = 'max_over_time(db_pool_waiting{job="api"}[$phase]) + on() group_left() max(size{job="other"})';
    expect(asked([healthy, other(DOWN)], both)).toMatchObject({ verdict: "inconclusive", code: "target-down" });
  });

  it("looks at the result's jobs where a selector names none and its labels are kept", () => {
    const promql = "max_over_time(db_pool_waiting[$phase])";
    expect(asked([healthy, other(DOWN)], promql).verdict).toBe("pass");
    expect(asked([healthy, second(DOWN), other({})], promql)).toMatchObject({ code: "target-down" });
  });

  it("looks at every target where it cannot be told which are read", () => {
    const found = asked([healthy, other(DOWN)], "max(max_over_time(db_pool_waiting[$phase]))", 1, {});
    expect(found).toMatchObject({ verdict: "inconclusive", code: "target-down" });
    expect(found.text).toMatch(/db_pool_waiting does not say whose it is, so every target counts: name its job\.$/);
    expect(asked([healthy, other({})], "max(max_over_time(db_pool_waiting[$phase]))", 1, {}).verdict).toBe("pass");
    const forged = 'label_replace(db_pool_waiting, "job", "api", "", "")';
    expect(asked([healthy, other(DOWN)], forged).verdict).toBe("inconclusive");
  });

  it("passes nothing that no clock tells of", () => {
    expect(asked([])).toMatchObject({ verdict: "inconclusive", code: "no-clock", coverage: 0 });
    expect(asked([change({ withoutUp: true })])).toMatchObject({ verdict: "inconclusive", code: "no-clock" });
    expect(asked([change({ scrapes: scrapes(900, 950, 1) })])).toMatchObject({ code: "no-clock" });
    expect(asked([healthy], PROMQL, 1, { ...HERE, instance: "federated:1" })).toMatchObject({ code: "coverage" });
    const portless = 'label_replace(db_pool_waiting{job="api"}, "instance", "$1", "instance", "(.*):.*")';
    expect(asked([healthy], portless, 1, { ...HERE, instance: "127.0.0.1" }).verdict).toBe("pass");
    const rule = asked([healthy], 'job:db_pool_waiting:max{job="api"}');
    expect(rule).toMatchObject({ verdict: "inconclusive", code: "no-clock" });
    expect(rule.text).toContain("a rule's own series");
    expect(asked([], PROMQL, 3).verdict).toBe("fail");
  });

  it("decides nothing by a query that reads nothing", () => {
    expect(asked([healthy], "vector(1)", 1, {})).toMatchObject({ verdict: "inconclusive", code: "reads-nothing" });
    expect(asked([healthy], "vector(3)", 3, {})).toMatchObject({ verdict: "inconclusive", code: "reads-nothing" });
  });

  it("takes up = 0 for an answer where up itself is asked for", () => {
    const promql = 'avg_over_time(up{job="api"}[$phase])';
    expect(asked([down], promql).verdict).toBe("pass");
    expect(asked([change({ start: (time) => (time < 1010 ? 900 : 1010) })], promql).verdict).toBe("pass");
    const dropped = change({ scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1010, 1012] }) });
    expect(asked([dropped], promql)).toMatchObject({ verdict: "inconclusive", code: "gap" });
    expect(asked([down], `${promql} + on(job, instance) ${PROMQL}`)).toMatchObject({ code: "target-down" });
  });

  it("has no data where the clock could not be had, unless the limit is broken", () => {
    const failure = { request: "up", code: "timeout", text: "did not answer" };
    const found = (value: number) =>
      judged(query({ promql: PROMQL }), [healthy], runFile(), {
        failures: { up: failure },
        instants: { [PROMQL.replace("$phase", "30s")]: [{ labels: HERE, times: [1030], values: [value] }] },
      });
    expect(found(1)).toMatchObject({ verdict: "no-data", reason: { code: "timeout", text: "did not answer" } });
    expect(found(3).verdict).toBe("fail");
  });

  it("decides nothing where two targets share a clock", () => {
    const again = { ...healthy, sources: [{ labels: { __name__: "up", zone: "b" }, at: () => 1 }] };
    expect(asked([again])).toMatchObject({ verdict: "inconclusive", code: "duplicate-series" });
  });

  it("says why nothing came back where a target's trouble tells", () => {
    const { reason } = judged(query({ promql: PROMQL }), [change(DOWN)]);
    expect(reason.code).toBe("no-series");
    expect(reason.text).toMatch(/^The query returned nothing\. api 127\.0\.0\.1:9464 could not be scraped/);
  });

  it("holds in a window of somebody's traffic too", () => {
    const promql = PROMQL.replace("$phase", "30s");
    const world = { instants: { [promql]: [{ labels: HERE, times: [1030], values: [1] }] } };
    const verdict = (one: Scraped) =>
      judged(query({ promql: PROMQL, phase: "window" }), [one], WINDOW_FACTS, world).verdict;
    expect([verdict(healthy), verdict(down)]).toEqual(["pass", "inconclusive"]);
  });
});

describe("rule 8: gaps", () => {
  it("say what is not seen of a gauge whose process stayed the same", () => {
    const source = { labels: { __name__: "process_resident_memory_bytes" }, at: () => 1e8 };
    const gappy = change({ sources: [source], scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1010, 1012] }) });
    const { reason } = judged(resource({ confidence: { kind: "observed" } }), [gappy]);
    expect(reason.text).toMatch(
      /was not scraped for 3 s from 00:16:49 UTC on, and what a gauge was meanwhile is not seen\.$/,
    );
  });
});

describe("rule 8: what a selector says of its targets", () => {
  it("by its instance alone", () => {
    const promql = 'max_over_time(db_pool_waiting{instance="127.0.0.1:9464"}[$phase])';
    expect(asked([healthy, second(DOWN)], promql)).toMatchObject({ verdict: "pass", coverage: 1 });
    expect(asked([change(DOWN)], promql)).toMatchObject({ verdict: "inconclusive", code: "target-down" });
  });

  it("without a metric's name", () => {
    const promql = 'max(count_over_time({job="api"}[$phase]))';
    expect(asked([healthy], promql, 1, {})).toMatchObject({ verdict: "pass", coverage: 1 });
    expect(asked([change(DOWN)], promql, 1, {})).toMatchObject({ verdict: "inconclusive", code: "target-down" });
  });

  it("but a target that was gone long before has no part", () => {
    const gone = second({ scrapes: scrapes(970.25, 980.25, 1) });
    expect(asked([healthy, gone])).toMatchObject({ verdict: "pass", coverage: 1 });
  });
});

describe("what is watched for a query", () => {
  const HERE_AND_THERE = [target([]), second({}), other({})];
  const watched = (promql: string, labels: Readonly<Record<string, string>>, targets = HERE_AND_THERE) => {
    const asks = query({ promql });
    const instants = { [promql]: [{ labels, times: [1030], values: [1] }] };
    const { watch } = evidenceOf(fileOf(asks), runFile(), { targets, instants }).queries[0] ?? {};
    if (watch === undefined) throw new Error("nothing was watched");
    const names = watch.targets.map(({ job, instance }) => `${job} ${instance}`);
    return { everywhere: watch.everywhere, names, selectors: watch.selectors, faults: watch.faults };
  };

  it.each([
    ["its job", 'max(waiting{job="api"})', ["api 127.0.0.1:9464", "api b:1"]],
    ["its instance", 'max(waiting{instance="b:1"})', ["api b:1"]],
  ])("is told by a selector that names %s", (_, promql, names) => {
    expect(watched(promql, {})).toMatchObject({ everywhere: null, names });
  });

  it("is every target where a selector names neither, and the result has no job", () => {
    expect(watched("max(waiting)", {})).toMatchObject({
      everywhere: "waiting",
      names: ["api 127.0.0.1:9464", "api b:1", "other c:1"],
      selectors: ["waiting"],
    });
    expect(watched("waiting", { job: "" }).everywhere).toBe("waiting");
    expect(watched("waiting", HERE)).toMatchObject({ everywhere: null, names: ["api 127.0.0.1:9464", "api b:1"] });
  });

  it("is also what the result names and nobody scrapes here, by job and instance", () => {
    const names = (labels: Readonly<Record<string, string>>) => watched('waiting{job="api"}', labels).names;
    expect(names({ job: "api", instance: "far:1" })).toEqual(["api 127.0.0.1:9464", "api b:1", "api far:1"]);
    expect(names({ job: "api" })).toEqual(["api 127.0.0.1:9464", "api b:1"]);
    expect(names({ instance: "far:1" })).toEqual(["api 127.0.0.1:9464", "api b:1"]);
  });

  it("is as troubled as the worse of two readings says", () => {
    const coverages = (first: string, last: string) => {
      const text = `${first}{job="api"} + on(job, instance) ${last}{job="api"}`;
      const { watch } =
        evidenceOf(fileOf(query({ promql: text })), runFile(), {
          targets: [target([], { scrapes: scrapes(970.25, 1050.25, 1, { down: [1010, 1020] }) })],
          instants: { [text]: [{ labels: HERE, times: [1030], values: [1] }] },
        }).queries[0] ?? {};
      return watch?.targets.map(({ coverage, troubles }) => [coverage < 1, troubles.length]);
    };
    expect(coverages("up", "waiting")).toEqual([[false, 1]]);
    expect(coverages("waiting", "up")).toEqual([[false, 1]]);
  });
});
