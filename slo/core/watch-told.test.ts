import { describe, expect, it } from "vitest";
import { evidenceOf, fileOf, query, runFile, target } from "./fixtures/scene.ts";
import type { World } from "./fixtures/world.ts";

const HERE = { job: "api", instance: "127.0.0.1:9464" };
const TARGETS = [target([]), target([], { job: "other", instance: "c:1" })];
const TIMEOUT = { request: "up", code: "timeout", text: "Prometheus did not answer" };

function watched(promql: string, world: Partial<World> & { readonly result?: readonly Record<string, string>[] } = {}) {
  const { result = [HERE], ...more } = world;
  const instants = { [promql]: result.map((labels) => ({ labels, times: [1030], values: [1] })) };
  const [only] = evidenceOf(fileOf(query({ promql })), runFile(), { targets: TARGETS, instants, ...more }).queries;
  if (only === undefined) throw new Error("nothing was watched");
  return only.watch;
}

const OF_API = { ...HERE, coverage: 1, troubles: [] };
const OF_OTHER = { job: "other", instance: "c:1", coverage: 1, troubles: [] };
const WHOLE = { failure: null, unwatched: [], everywhere: null, faults: [] };

describe("how a query's targets were watched", () => {
  it("is told whole", () => {
    expect(watched('waiting{job="api"}')).toEqual({ ...WHOLE, selectors: ['waiting{job="api"}'], targets: [OF_API] });
  });

  it.each([
    ["another label says nothing of the target", 'max(waiting{pool="a"})', [{}]],
    ["a series has no job", "waiting", [{ instance: "a:1" }]],
    ["nothing came back", "waiting", []],
  ])("is looked at everywhere where %s", (_what, promql, result) => {
    expect(watched(promql, { result })).toMatchObject({
      everywhere: promql.replace(/^max\((.*)\)$/, "$1"),
      targets: [OF_API, OF_OTHER],
    });
  });

  it("has a target that the result alone names in trouble: its scrapes are not known", () => {
    const far = { job: "api", instance: "far:1" };
    expect(watched('waiting{job="api"}', { result: [far] }).targets).toEqual([
      OF_API,
      { ...far, coverage: 0, troubles: [{ kind: "own-clock" }] },
    ]);
  });

  it("is not told of what a rule wrote", () => {
    const text = 'job:waiting:max{job="api"}';
    expect(watched(text, { result: [{}] })).toEqual({
      ...WHOLE,
      selectors: [text],
      unwatched: [{ selector: text, why: "recorded" }],
      targets: [],
    });
    expect(watched('waiting{job="none"}', { result: [] }).unwatched).toEqual([
      { selector: 'waiting{job="none"}', why: "no-target" },
    ]);
  });

  it("could not be had where the clock could not, except where nothing is read", () => {
    expect(watched("waiting", { failures: { up: TIMEOUT } })).toEqual({
      ...WHOLE,
      selectors: ["waiting"],
      failure: TIMEOUT,
      targets: [],
    });
    expect(watched("vector(1)", { failures: { up: TIMEOUT } })).toEqual({ ...WHOLE, selectors: [], targets: [] });
  });
});
