import { describe, expect, it } from "vitest";
import {
  clientCounts,
  errors,
  evidenceOf,
  fileOf,
  latency,
  loadFacts,
  runFile,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";
import { judge } from "./judge.ts";
import type { RunFile } from "./run.ts";

const good = calls(1000, 1030, 6000);
const slow = calls(1000, 1030, 6000, { bad: 300, seconds: 0.5 });
const both = calls(1000, 1030, 6000, { bad: 300, seconds: 0.5, status: "500" });
const FILE = fileOf(latency(), errors());
/** Some are errors, none is slow. */
const quick = calls(1000, 1030, 6000, { bad: 300, seconds: 0.01, status: "500" });
const on = (run: Partial<RunFile>, all = good, change: Parameters<typeof target>[1] = {}) =>
  verdictOf(FILE, runFile(run), { targets: [target(all, change)] });
const checkOf = (report: ReturnType<typeof on>, name: string) => report.validity.find(({ check }) => check === name);

describe("rule 9: the load itself is judged", () => {
  it.each<[string, Partial<RunFile>, string, string]>([
    [
      "run-complete",
      { failure: { code: "load", text: "k6 stopped" } },
      "fail",
      "The run did not go to its end: k6 stopped",
    ],
    [
      "offered-rate",
      { load: [loadFacts({ achievedRate: 197 })] },
      "fail",
      "98.5 % of the offered rate of steady was achieved, 99 % must be. Offer less, or give the generator more room.",
    ],
    ["offered-rate", { load: [loadFacts({ offeredRate: 0 })] }, "no-data", "The rates of steady are not known."],
    ["offered-rate", { load: [] }, "no-data", "The run does not tell it for steady."],
    [
      "dropped-iterations",
      { client: [clientCounts({ droppedIterations: 1 })] },
      "fail",
      "1 iteration of steady dropped: requests that were due and never sent. Allow more virtual users, or offer less.",
    ],
    [
      "dropped-iterations",
      { client: [clientCounts({ droppedIterations: null })] },
      "no-data",
      "How many iterations of steady were dropped is not known.",
    ],
    [
      "virtual-users",
      { load: [loadFacts({ peakVUs: 95 })] },
      "fail",
      "steady took 95 of 100 virtual users: the load was about to thin out. Allow more of them, or offer less.",
    ],
    [
      "virtual-users",
      { load: [loadFacts({ peakVUs: null })] },
      "no-data",
      "How many virtual users steady took is not known.",
    ],
    [
      "generator-cpu",
      { load: [loadFacts({ generatorCpu: 0.81 })] },
      "fail",
      "The generator used 81 % of its CPU in steady, more than 80 %: it was saturated. Offer less, or give it more room.",
    ],
    [
      "unexpected-answers",
      { client: [clientCounts({ unexpected: 2 })] },
      "fail",
      "2 answers of steady had a status that the journey does not expect (401, 404, 429, …): the work was not done.",
    ],
    [
      "unexpected-answers",
      { client: [clientCounts({ unexpected: Number.NaN })] },
      "no-data",
      "How many answers of steady were unexpected is not known.",
    ],
    [
      "client-failures",
      { client: [clientCounts({ answered: 6000, unanswered: 3 })] },
      "fail",
      "3 requests got no answer, and the server cannot be shown to have seen them: its metrics are too good.",
    ],
    ["client-failures", { client: [] }, "no-data", "How many requests were left unanswered is not known."],
  ])("%s with %j: %s", (name, run, verdict, text) => {
    const report = on(run);
    expect(checkOf(report, name)).toEqual({ check: name, verdict, text });
    expect([report.verdict, report.exitCode]).toEqual(["invalid", 3]);
    expect(on(run, both).verdict).toBe("fail");
  });

  it("does without the generator's CPU, and says so", () => {
    const report = on({ load: [loadFacts({ generatorCpu: null })] });
    expect(checkOf(report, "generator-cpu")?.verdict).toBe("skip");
    expect(report.verdict).toBe("pass");
  });

  it("looks at judged phases only", () => {
    const warmup = { phase: "warmup", achievedRate: 10, peakVUs: 100 };
    const report = on({
      load: [loadFacts(warmup), loadFacts()],
      client: [clientCounts({ phase: "warmup", unexpected: 9, answered: 0 }), clientCounts()],
    });
    expect(report.verdict).toBe("pass");
  });

  it("is withdrawn by a restart of the target", () => {
    const report = on({}, [], {
      sources: histogram(good, { restarts: [1015.5] }),
      start: (time) => (time < 1015.5 ? 900 : 1015.5),
    });
    expect(checkOf(report, "target-restarts")).toMatchObject({
      verdict: "fail",
      text: "api 127.0.0.1:9464 restarted, or its counters fell, during the load.",
    });
    expect(report.verdict).toBe("invalid");
  });

  it("withdraws latency's breach where the generator had no CPU left, and nothing else's", () => {
    const starved = { load: [loadFacts({ generatorCpu: 0.95 })] };
    const report = on(starved, both);
    expect(report.objectives[0]).toMatchObject({ verdict: "inconclusive", reason: { code: "generator-saturated" } });
    expect(report.objectives[1]?.verdict).toBe("fail");
    expect(on(starved, slow)).toMatchObject({ verdict: "invalid", exitCode: 3 });
  });

  it("lets a breach stand where a slow system used up the virtual users", () => {
    expect(on({ load: [loadFacts({ peakVUs: 100 })] }, slow)).toMatchObject({ verdict: "fail", exitCode: 1 });
  });
});

describe("rule 10: two witnesses", () => {
  const client = (change: Parameters<typeof clientCounts>[0], run: Partial<RunFile> = {}) =>
    on({ client: [clientCounts(change)], ...run });
  const verdict = (report: ReturnType<typeof on>) => checkOf(report, "reconciliation")?.verdict;

  it("agrees integer for integer where nothing is open", () => {
    expect(checkOf(client({}), "reconciliation")?.text).toBe(
      "Client and server agree integer for integer: the client counts 6000 answered, the server 6000.",
    );
    expect(verdict(client({ answered: 5999 }))).toBe("fail");
    expect(verdict(client({ answered: 6001 }))).toBe("fail");
    expect(client({ answered: 5999 }).verdict).toBe("invalid");
  });

  it("lets a difference lie within what is open", () => {
    expect(verdict(client({ answered: 5998, unanswered: 1, interrupted: 1 }))).toBe("pass");
    expect(verdict(client({ answered: 5998, retries: 2 }))).toBe("pass");
    expect(verdict(client({ answered: 5998, interrupted: 1 }))).toBe("fail");
    expect(verdict(client({ answered: 6001, interrupted: 5 }))).toBe("fail");
  });

  it("clears a client's failure that the server has surely seen", () => {
    expect(checkOf(client({ answered: 5998, unanswered: 2 }), "client-failures")?.verdict).toBe("pass");
    expect(checkOf(client({ answered: 5998, unanswered: 2, interrupted: 1 }), "client-failures")?.verdict).toBe("fail");
    const alone = client({ unanswered: 2 }, { serverCounter: null });
    expect(checkOf(alone, "client-failures")?.verdict).toBe("fail");
  });

  it("is null without the server's counter", () => {
    const report = client({}, { serverCounter: null });
    expect([report.reconciliation, verdict(report), report.verdict]).toEqual([null, "skip", "pass"]);
  });

  it("cannot compare what was not fetched, or is not there, or failed", () => {
    const gone = client({}, { serverCounter: 'nothing_total{job="api"}' });
    expect([verdict(gone), gone.reconciliation, gone.verdict]).toEqual(["no-data", null, "invalid"]);
    const failures = { nothing_total: { request: "", code: "timeout", text: "It took too long." } };
    const failed = verdictOf(FILE, runFile({ serverCounter: "nothing_total" }), { targets: [target(good)], failures });
    expect(checkOf(failed, "reconciliation")?.text).toContain("It took too long.");
    const run = runFile();
    const unfetched = judge(FILE, run, evidenceOf(FILE, { ...run, serverCounter: null }, { targets: [target(good)] }));
    expect(verdict(unfetched)).toBe("no-data");
    const odd = target([], {
      sources: histogram(good).map((one) => ({ ...one, at: (time) => (one.at(time) ?? 0) + 0.5 })),
    });
    expect(verdict(verdictOf(FILE, run, { targets: [odd] }))).toBe("no-data");
  });

  it("hears the load balancer as a third witness, where the run names its count", () => {
    const front = (frontCounter: string) => on({ frontCounter }, both);
    const agreed = front('http_request_duration_seconds_count{job=~"api"}');
    expect(checkOf(agreed, "load-balancer")).toEqual({
      check: "load-balancer",
      verdict: "pass",
      text: "Client and load balancer agree integer for integer: the client counts 6000 answered, the load balancer 6000.",
    });
    expect(verdict(agreed)).toBe("pass");
    const fewer = verdictOf(
      fileOf(latency()),
      runFile({ frontCounter: 'http_request_duration_seconds_count{job="api",status_code="200"}' }),
      {
        targets: [target(quick)],
      },
    );
    expect(checkOf(fewer, "load-balancer")?.text).toMatch(
      /^Client and load balancer disagree: .* the load balancer 5700\./,
    );
    expect([verdict(fewer), fewer.verdict]).toEqual(["pass", "invalid"]);
    const gone = on({ frontCounter: 'nothing_total{job="balancer"}' });
    expect([checkOf(gone, "load-balancer")?.verdict, gone.verdict]).toEqual(["no-data", "invalid"]);
    expect(checkOf(on({}), "load-balancer")).toBeUndefined();
  });

  it("does not blame the client for what other traffic at the edges, or lost counts, explain", () => {
    const around = calls(960, 1060, 20000);
    expect(verdict(on({ client: [clientCounts({ answered: 5990 })] }, around))).toBe("no-data");
    const ended = { scrapes: scrapes(970.25, 1029.25, 1) };
    expect(verdict(on({}, good, ended))).toBe("no-data");
  });
});
