import { describe, expect, it } from "vitest";
import type { CounterEvidence, Course, Trouble } from "./evidence.ts";
import { clientCounts, runFile, STEADY } from "./fixtures/scene.ts";
import { reconcile } from "./reconcile.ts";
import type { ClientCounts, Phase, RunFile } from "./run.ts";

const SPIKE: Phase = { name: "spike", from: 1040, to: 1060, quiet: true };
const GAP: Trouble = { kind: "gap", from: 1, to: 2, atEdge: false, process: "unchanged" };
const RESTART: Trouble = { kind: "restart", at: 1010 };

function course(total: number, change: Partial<Course> = {}): Course {
  const sides = { before: "still", after: "still", coverage: 1, troubles: [] } as const;
  return {
    ...sides,
    job: "api",
    instance: "a:1",
    times: [1000, 1030],
    total: [total],
    columns: [],
    scrapeInterval: 1,
    ...change,
  };
}

function counted(phase: string, targets: readonly Course[], change: Partial<CounterEvidence> = {}): CounterEvidence {
  const counter = { kind: "counter", selector: "calls_count" } as const;
  const nothing = { failure: null, missing: [], faults: [] };
  return { ...nothing, counted: counter, phase, queries: ["calls_count", "calls"], series: 1, targets, ...change };
}

function witnesses(
  client: readonly Partial<ClientCounts>[],
  counters: readonly CounterEvidence[],
  { phases = [STEADY], run = {} }: { readonly phases?: readonly Phase[]; readonly run?: Partial<RunFile> } = {},
) {
  const file = runFile({
    client: client.map(clientCounts),
    phases: [STEADY, SPIKE],
    serverCounter: "calls_count",
    ...run,
  });
  return reconcile(file, { schema: 1, phases: [], counters, resources: [], queries: [] }, phases);
}
const one = (change: Partial<ClientCounts>, target: Partial<Course> = {}, total = 100) =>
  witnesses([{ answered: 100, ...change }], [counted("steady", [course(total, target)])]);

describe("client and server", () => {
  it("are compared phase by phase, and only in the judged ones", () => {
    const client = [
      { phase: "steady", answered: 100 },
      { phase: "spike", answered: 50 },
    ];
    const server = [counted("steady", [course(100)]), counted("spike", [course(50, { times: [1040, 1060] })])];
    const both = { phases: [STEADY, SPIKE] };
    expect(witnesses(client, server, both)).toEqual({
      reconciliation: { client: 150, server: 150, unanswered: 0, interrupted: 0 },
      front: null,
      unseen: 0,
      check: {
        check: "reconciliation",
        verdict: "pass",
        text: "Client and server agree integer for integer: the client counts 150 answered, the server 150.",
      },
    });
    expect(witnesses(client, server).reconciliation).toMatchObject({ client: 100, server: 100 });
    expect(witnesses([{ answered: 100 }], server, both).reconciliation).toMatchObject({ client: 100, server: 100 });
    expect(witnesses(client, server.slice(0, 1), both).check).toEqual({
      check: "reconciliation",
      verdict: "no-data",
      text: "The server's count cannot be had: calls_count was not fetched.",
    });
  });

  it("disagree where nothing leaves the difference open", () => {
    expect(one({ answered: 101 }).check).toEqual({
      check: "reconciliation",
      verdict: "fail",
      text: "Client and server disagree: the client counts 101 answered, the server 100. Does anything else send or answer requests?",
    });
    expect(one({ answered: 97, unanswered: 1, interrupted: 1 }).check).toMatchObject({
      verdict: "fail",
      text: "Client and server disagree: the client counts 97 answered, the server 100, and only 2 were left open (unanswered, interrupted, retried). Does anything else send or answer requests?",
    });
  });

  it("agree within what was left open", () => {
    expect(one({ answered: 97, unanswered: 1, interrupted: 1, retries: 1 }).check).toMatchObject({
      verdict: "pass",
      text: "Client and server agree within the 3 requests left open: the client counts 97 answered, the server 100.",
    });
  });

  it.each<[string, readonly Course[], string]>([
    ["a restart", [course(90, { troubles: [RESTART] })], "no-data"],
    ["a restart behind a gap", [course(90, { troubles: [GAP, RESTART] })], "no-data"],
    ["a restart of one replica", [course(45), course(45, { troubles: [RESTART] })], "no-data"],
    ["a phase that is not covered", [course(90, { coverage: 0.99 })], "no-data"],
    ["a gap alone", [course(90, { troubles: [GAP] })], "fail"],
    ["nothing", [course(90)], "fail"],
  ])("differ by counts of the server that are lost by %s", (_, targets, verdict) => {
    const { check } = witnesses([{ answered: 100 }], [counted("steady", targets)]);
    expect(check.verdict).toBe(verdict);
    if (verdict === "no-data")
      expect(check.text).toBe(
        "Counts of the server are lost, so it cannot be compared with the client: the client counts 100 answered, the server 90.",
      );
  });

  it("are not excused by lost counts where the server counts more", () => {
    expect(one({}, { troubles: [RESTART] }, 110).check.verdict).toBe("fail");
    expect(one({}, { troubles: [RESTART] }, 100).check.verdict).toBe("pass");
  });

  it("lose counts in one of several phases", () => {
    const client = [
      { phase: "steady", answered: 100 },
      { phase: "spike", answered: 50 },
    ];
    const server = [counted("steady", [course(90, { troubles: [RESTART] })]), counted("spike", [course(50)])];
    expect(witnesses(client, server, { phases: [STEADY, SPIKE] }).check.verdict).toBe("no-data");
  });

  it("cannot be compared where the edges' intervals hold the difference", () => {
    const edges = (inner: number) =>
      one({ answered: 98, unanswered: 2 }, { times: [995, 1005, 1025, 1035], total: [5, inner, 5], before: "moved" });
    expect(edges(100).check).toMatchObject({
      verdict: "no-data",
      text: "The edges were not quiet, so client and server cannot be compared: the client counts 98 answered, the server 110.",
    });
    expect(edges(101).check.verdict).toBe("fail");
  });

  it.each<[Partial<CounterEvidence>, string]>([
    [{ series: 0 }, "nothing in Prometheus matches calls_count, calls"],
    [{ failure: { request: "", code: "timeout", text: "It took too long" } }, "It took too long"],
    [{ faults: [{ code: "bad-value", text: "NaN is no count" }] }, "NaN is no count"],
  ])("cannot be compared with %j", (change, why) => {
    expect(witnesses([{ answered: 100, unanswered: 3 }], [counted("steady", [course(100)], change)])).toEqual({
      reconciliation: null,
      front: null,
      unseen: 3,
      check: { check: "reconciliation", verdict: "no-data", text: `The server's count cannot be had: ${why}.` },
    });
  });

  it("are one witness where the other is not there", () => {
    expect(witnesses([], [])).toEqual({
      reconciliation: null,
      front: null,
      unseen: null,
      check: {
        check: "reconciliation",
        verdict: "no-data",
        text: "The run holds no counts of the client for the judged phases.",
      },
    });
    expect(witnesses([{ unanswered: 2 }], [], { run: { serverCounter: null } })).toEqual({
      reconciliation: null,
      front: null,
      unseen: 2,
      check: {
        check: "reconciliation",
        verdict: "skip",
        text: "The run names no counter of the server to compare with.",
      },
    });
  });

  it("show a lost request to have been seen only by what lies beyond answered, interrupted and retried ones", () => {
    expect(one({ answered: 98, unanswered: 2 }).unseen).toBe(0);
    expect(one({ answered: 98, unanswered: 2, interrupted: 1 }).unseen).toBe(1);
    expect(one({ answered: 98, unanswered: 2, retries: 2 }).unseen).toBe(2);
    expect(one({ answered: 100, unanswered: 2 }).unseen).toBe(2);
  });
});

describe("the counter of the server", () => {
  it("is looked for as evidence names it, among all that was counted", () => {
    const other = { kind: "counter", selector: "other_count" } as const;
    const ratio = { kind: "ratio", part: "calls_count", total: "calls_count" } as const;
    const counters = [
      counted("steady", [course(7)], { counted: other }),
      counted("steady", [course(8)], { counted: ratio }),
      counted("spike", [course(9)]),
      counted("steady", [course(100)]),
    ];
    const of = (serverCounter: string) => witnesses([{ answered: 100 }], counters, { run: { serverCounter } });
    expect(of("calls_count").reconciliation?.server).toBe(100);
    expect(of("calls_count { }").reconciliation?.server).toBe(100);
    expect(of("other_count").reconciliation?.server).toBe(7);
    expect(of("no counter").check.text).toBe("The server's count cannot be had: no counter was not fetched.");
  });
});

describe("what stands before the server", () => {
  const front = { kind: "counter", selector: "front_count" } as const;
  const of = (seen: number | null, frontCounter: string | null = "front_count") =>
    witnesses(
      [{ answered: 100 }],
      [
        counted("steady", [course(100)]),
        ...(seen === null ? [] : [counted("steady", [course(seen)], { counted: front })]),
      ],
      { run: { frontCounter } },
    ).front;

  it("is a third witness", () => {
    expect(of(100)).toEqual({
      check: "load-balancer",
      verdict: "pass",
      text: "Client and load balancer agree integer for integer: the client counts 100 answered, the load balancer 100.",
    });
    expect(of(99)).toEqual({
      check: "load-balancer",
      verdict: "fail",
      text: "Client and load balancer disagree: the client counts 100 answered, the load balancer 99. Does anything else send or answer requests?",
    });
  });

  it("is none where its count cannot be had, or is not named", () => {
    expect(of(null)).toEqual({
      check: "load-balancer",
      verdict: "no-data",
      text: "The load balancer's count cannot be had: front_count was not fetched.",
    });
    expect(of(100, null)).toBeNull();
  });
});
