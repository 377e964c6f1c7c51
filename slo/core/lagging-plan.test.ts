import { describe, expect, it } from "vitest";
import { planFetch } from "./fetch-plan.ts";
import { errors, fileOf, latency, query, resource, STEADY, selector } from "./fixtures/scene.ts";

const SOAK = { name: "soak", from: 2000, to: 2060, quiet: true };
const lagging = (...objectives: Parameters<typeof fileOf>) =>
  planFetch(fileOf(...objectives), [STEADY, SOAK], { marginSeconds: 10 }).lagging;
const ratio = (metric: string) =>
  errors({ total: selector(metric), part: { kind: "bad", selector: selector(metric) } });
const INFINITE = 'le=~"(?i:[+]?inf(inity)?)|';

describe("the request for what was alive when the first phase began", () => {
  it("asks for the last bucket of histograms, and for native ones", () => {
    expect(lagging({ ...latency(), phase: "soak" }, latency())).toEqual({
      selector: `{__name__=~"http_request_duration_seconds_bucket|http_request_duration_seconds",job="api",method="GET",${INFINITE}"}`,
      at: 1000,
    });
  });

  it("asks for no more buckets where a histogram's count is counted as well", () => {
    expect(lagging(latency(), errors())?.selector).toBe(
      `{__name__=~"http_request_duration_seconds_bucket|http_request_duration_seconds|http_request_duration_seconds_count",job="api",${INFINITE}"}`,
    );
  });

  it("asks for every bucket where a ratio names one, whose edge may be spelled otherwise, but the last", () => {
    const edge = (le: string) => ratio(`http_request_duration_seconds_bucket{job="api",le="${le}"}`);
    const names = "http_request_duration_seconds_bucket|http_request_duration_seconds";
    expect(lagging(latency(), edge("0.3"))?.selector).toBe(`{__name__=~"${names}",job="api"}`);
    expect(lagging(edge("0.3"))?.selector).toBe('{__name__=~"http_request_duration_seconds_bucket",job="api"}');
    expect(lagging(edge("+Inf"))?.selector).toBe(
      `{__name__=~"http_request_duration_seconds_bucket",job="api",${INFINITE.slice(0, -1)}"}`,
    );
    expect(lagging(latency(), edge("+Inf"))?.selector).toBe(`{__name__=~"${names}",job="api",${INFINITE}"}`);
  });

  it.each([
    "http_request_duration_seconds_bucket{job='api',le=~'0.3|1'}",
    "http_request_duration_seconds_bucket{job='api',le!='+Inf'}",
    "requests_total{job='api'}",
  ])("asks for everything where %s may count series of any edge", (metric) => {
    expect(lagging(latency(), ratio(metric))?.selector).toMatch(/,job="api"\}$/);
  });

  it("asks for nothing where nothing is counted", () => {
    expect(lagging(query(), resource())).toBeUndefined();
  });
});
