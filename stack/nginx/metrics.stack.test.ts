import { expect, test } from "vitest";
import { request } from "../testing/ask.ts";
import { type ComposeStack, describeOnStack } from "../testing/compose-stack.ts";
import { until } from "../testing/poll.ts";
import { untilServing } from "../testing/serving.ts";

/** The page of nginx' own counts as it is now: series and values. */
async function counts({ compose }: ComposeStack): Promise<Map<string, number>> {
  const page = await compose(["exec", "-T", "nginx", "curl", "-fsS", "http://127.0.0.1:8081/metrics"]);
  const series = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    series.map((line): [string, number] => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** What changed between two pages, without what depends on how long something took. */
function grown(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Record<string, number> {
  const rows = [...after]
    .filter(([name]) => !/_sum|le="(?!\+Inf)/.test(name))
    .map(([name, value]): [string, number] => [name, value - (before.get(name) ?? 0)])
    .filter(([, value]) => value !== 0);
  return Object.fromEntries(rows);
}

/**
 * What has grown once so many requests are counted: nginx counts a request after its answer is sent, one metric after
 * the other.
 * @param last how the name of what is counted last begins (metrics.js)
 */
function grownBy(stack: ComposeStack, requests: number, before: ReadonlyMap<string, number>, last: string) {
  return until(`${requests} requests counted`, 60, async () => {
    const page = await counts(stack);
    const rows = grown(before, page);
    const counted = Object.entries(rows).filter(([name]) => name.startsWith(last));
    return counted.reduce((sum, [, value]) => sum + value, 0) >= requests ? rows : null;
  });
}

describeOnStack("the load balancer's own counts", (stack) => {
  test("are the requests that were sent, to the unit, by method and answer", async () => {
    const last = "nginx_upstream_response_duration_seconds_count";
    await untilServing(stack());
    await grownBy(stack(), 1, new Map(), `${last}{status_code="200"}`);
    const before = await counts(stack());
    const sent = await Promise.all([
      ...Array.from({ length: 40 }, () => request(stack(), "GET", "/tasks")),
      ...Array.from({ length: 10 }, (_, n) => request(stack(), "POST", "/tasks", { title: `task ${n}` })),
      ...Array.from({ length: 7 }, () => request(stack(), "GET", "/nowhere")),
      ...Array.from({ length: 5 }, () => request({ ...stack(), token: "not-a-token-at-all" }, "GET", "/tasks")),
    ]);
    expect(sent.filter((status) => status === 200)).toHaveLength(40);
    const buckets = (series: string, count: number) => ({
      [`nginx_${series.replace("{", "_bucket{").replace("}", ',le="+Inf"}')}`]: count,
      [`nginx_${series.replace("{", "_count{")}`]: count,
    });
    expect(await grownBy(stack(), sent.length, before, last)).toEqual({
      ...buckets('request_duration_seconds{method="GET",status_code="200"}', 40),
      ...buckets('request_duration_seconds{method="POST",status_code="201"}', 10),
      ...buckets('request_duration_seconds{method="GET",status_code="404"}', 7),
      ...buckets('request_duration_seconds{method="GET",status_code="401"}', 5),
      ...buckets('upstream_response_duration_seconds{status_code="200"}', 40),
      ...buckets('upstream_response_duration_seconds{status_code="201"}', 10),
      ...buckets('upstream_response_duration_seconds{status_code="404"}', 7),
      ...buckets('upstream_response_duration_seconds{status_code="401"}', 5),
      'nginx_upstream_tries_total{upstream_status="200"}': 40,
      'nginx_upstream_tries_total{upstream_status="201"}': 10,
      'nginx_upstream_tries_total{upstream_status="404"}': 7,
      'nginx_upstream_tries_total{upstream_status="401"}': 5,
    });
  });

  test("have the objectives' limits among their edges", async () => {
    const edges = [...(await counts(stack())).keys()].filter((name) => /le="0\.[35]"/.test(name));
    expect(edges.length).toBeGreaterThan(0);
  });

  test("hold what the API never saw", async () => {
    await stack().compose(["stop", "api"]);
    const before = await counts(stack());
    const sent = await Promise.all(Array.from({ length: 6 }, () => request(stack(), "GET", "/tasks")));
    // 504 as long as nginx still knows a replica's address and nobody there refuses; 502 from then on.
    const [bad, late] = [502, 504].map((status) => sent.filter((each) => each === status).length);
    expect([sent, (bad ?? 0) + (late ?? 0)]).toEqual([sent, 6]);
    const rows = await grownBy(stack(), sent.length, before, "nginx_answers_without_upstream_total");
    for (const [status, count] of [
      [502, bad],
      [504, late],
    ] as const) {
      const labels = `status_code="${status}"`;
      expect(rows[`nginx_request_duration_seconds_count{method="GET",${labels}}`] ?? 0).toBe(count);
      expect(rows[`nginx_answers_without_upstream_total{${labels}}`] ?? 0).toBe(count);
    }
    const answer = await fetch(`${stack().nginx}/tasks`);
    const title = answer.status === 502 ? "Bad Gateway" : "Gateway Timeout";
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ title, status: answer.status });
  });
});
