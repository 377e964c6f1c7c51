import { describe, expect, it } from "vitest";
import { errors, judged, latency, selector, target, WINDOW_FACTS } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { type Scraped, type Source, scrapes } from "./fixtures/world.ts";

/** Bad requests long before the phase, none in it. */
const OLD = { bad: 300, status: "500" };
const steady = [...calls(940, 970, 3000, OLD), ...calls(1000, 1030, 6000)];

function without(sources: readonly Source[], absent: (time: number, source: Source) => boolean): Source[] {
  return sources.map((source) => ({ ...source, at: (time) => (absent(time, source) ? null : source.at(time)) }));
}

describe("what is there twice is not counted twice", () => {
  it("two Prometheus behind one address, with a label each", () => {
    const of = (replica: string, offset: number): Scraped =>
      target([], {
        scrapes: scrapes(970 + offset, 1050 + offset, 1),
        sources: histogram(steady).map(({ labels, at }) => ({ labels: { ...labels, replica }, at })),
      });
    expect(judged(errors(), [of("a", 0.25), of("b", 0.6)])).toMatchObject({
      verdict: "inconclusive",
      counts: null,
      reason: { code: "duplicate-series", text: expect.stringMatching(/^up of 127\.0\.0\.1:9464 stands twice/) },
    });
  });

  it("takes a target whose labels changed once for the same", () => {
    const of = (name: string, from: number, to: number) => ({
      ...target([], { scrapes: scrapes(from, to, 1) }),
      sources: histogram(calls(1000, 1030, 6000)).map(({ labels, at }) => ({ labels: { ...labels, zone: name }, at })),
    });
    expect(judged(latency(), [of("a", 970.25, 994.25), of("b", 995.25, 1050.25)]).verdict).toBe("pass");
  });

  it("one process that two jobs scrape", () => {
    const any = latency({ histogram: selector('http_request_duration_seconds{method="GET"}') });
    const few = calls(1000, 1030, 200);
    const other = { job: "api-again", scrapes: scrapes(970.5, 1050.5, 1) };
    expect(judged(any, [target(few)], WINDOW_FACTS).reason.code).toBe("too-few-requests");
    expect(judged(any, [target(few), target(few, other)], WINDOW_FACTS)).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "duplicate-series",
        text: "127.0.0.1:9464 is scraped by the jobs api and api-again, so its requests are counted twice; name one job in the selector: nothing is decided on such data.",
      },
    });
    const another = target(few, { ...other, start: () => 800 });
    expect(judged(any, [target(few), another], WINDOW_FACTS)).toMatchObject({
      verdict: "pass",
      counts: { total: 400 },
    });
  });

  it("one process that two jobs scrape, of which one saw more label sets", () => {
    const any = latency({ histogram: selector("http_request_duration_seconds{}") });
    const few = calls(1000, 1030, 200);
    const posts = calls(1000, 1030, 5).map((call) => ({ ...call, labels: { method: "POST", status_code: "200" } }));
    const again = { job: "api-again", scrapes: scrapes(970.5, 1050.5, 1) };
    const code = (change: Partial<Scraped>, own: Partial<Scraped> = {}) =>
      judged(any, [target([...few, ...posts], own), target(few, { ...again, ...change })], WINDOW_FACTS).reason.code;
    expect(code({})).toBe("duplicate-series");
    expect(code({ start: () => 901 })).toBe("duplicate-series");
    expect(code({ start: () => 901.001 })).not.toBe("duplicate-series");
    // Of who does not tell since when it lives it is not known that it is another one.
    expect(code({ start: null })).toBe("duplicate-series");
    expect(code({}, { start: null })).toBe("duplicate-series");
    expect(code({ instance: "b:1" })).not.toBe("duplicate-series");
    expect(code({ instance: "" }, { instance: "" })).not.toBe("duplicate-series");
  });

  it.each([
    ["whose starts are not known", null],
    ["whose starts go back and forth", (time: number) => (Math.floor(time) % 2 === 0 ? 800 : 900)],
  ])("several processes behind a balancer, %s", (_what, start) => {
    const [tall, short] = [histogram(steady), histogram([...calls(940, 970, 300, OLD), ...calls(1000, 1030, 6000)])];
    const sources = tall.map(
      ({ labels, at }, index): Source => ({
        labels,
        at: (time) => (Math.floor(time) % 2 === 0 ? (short[index]?.at(time) ?? null) : at(time)),
      }),
    );
    expect(judged(errors(), [target([], { sources, start })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "duplicate-series", text: expect.stringContaining("several processes by turns") },
    });
  });
});

describe("a series missing from a scrape", () => {
  const once = (time: number) => Math.abs(time - 1015.25) < 0.1;

  it("does not count again what it held before, and lets nothing pass", () => {
    const sources = without(histogram(steady), (time, { labels }) => once(time) && labels.status_code === "500");
    expect(judged(errors(), [target([], { sources })])).toMatchObject({
      verdict: "inconclusive",
      counts: { total: 6000, bad: 0 },
      reason: { code: "counts-lost" },
    });
  });

  it("is another's where the process changed meanwhile", () => {
    const sources = without(histogram(steady), (time) => once(time));
    const start = (time: number) => (time < 1015 ? 900 : 1014);
    const found = judged(errors(), [target([], { sources, start })]);
    expect(found.counts?.total).toBeGreaterThan(6000);
    expect(found.verdict).not.toBe("pass");
  });
});

describe("a part beyond its total", () => {
  it("is told though it is smaller than the total", () => {
    const good = {
      kind: "good" as const,
      selector: selector('http_request_duration_seconds_count{job="api",status_code!~"5.."}'),
    };
    const total = selector('http_request_duration_seconds_count{job="api",method="GET"}');
    const objective = errors({ part: good, total, op: "atLeast", limit: 0.995 });
    const reads = calls(1000, 1030, 6000, { bad: 60, status: "500" });
    const writes = calls(1000, 1030, 50).map((call) => ({ ...call, labels: { method: "POST", status_code: "200" } }));
    expect(judged(objective, [target(reads)]).verdict).toBe("fail");
    expect(judged(objective, [target([...reads, ...writes])])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "part-exceeds-total", text: expect.stringContaining("give it the total's matchers as well") },
    });
  });
});
