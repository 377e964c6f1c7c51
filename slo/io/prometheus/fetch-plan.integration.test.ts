import { afterEach, expect, it } from "vitest";
import { type RunningServer, serveHttp } from "../../testing/http.ts";
import { createClient } from "./client.ts";
import { fetchPlan } from "./fetch-plan.ts";

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

it("asks for the clock first, with the process starts, and for nothing else before it has answered; answers keep the plan's order", async () => {
  const seen: string[] = [];
  const server = await serveHttp((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const query = new URLSearchParams(body).get("query") ?? "";
      seen.push(`asked ${query.replace(/\[.*/, "")}`);
      const type = query.includes("[") ? "matrix" : "vector";
      const answer = () => {
        seen.push(`answered ${query.replace(/\[.*/, "")}`);
        response.end(JSON.stringify({ status: "success", data: { resultType: type, result: [] } }));
      };
      if (query.includes("up")) setImmediate(answer);
      else answer();
    });
  });
  running.push(server);
  const range = (metric: string) => ({ metric, selector: metric, from: 1, to: 2 });
  const address = { url: server.url, headers: [], tls: null };
  const fetched = await fetchPlan(createClient({ address, timeout: 5, signal: new AbortController().signal }), {
    ranges: [range("errors_total"), range("up"), range("process_start_time_seconds"), range("requests_total")],
    instants: [{ objective: "queue", promql: "queue_length", at: 2 }],
    lagging: { selector: "alive", at: 1 },
  });
  const clocks = '{__name__=~"up|process_start_time_seconds"}';
  expect(seen.slice(0, 2)).toEqual([`asked ${clocks}`, `answered ${clocks}`]);
  expect(seen.slice(2).toSorted()).toEqual(
    ["alive", "errors_total", "queue_length", "requests_total"]
      .flatMap((name) => [`answered ${name}`, `asked ${name}`])
      .toSorted(),
  );
  expect(fetched.ranges.map(({ request }) => request.metric)).toEqual([
    "errors_total",
    "up",
    "process_start_time_seconds",
    "requests_total",
  ]);
  expect(fetched.lagging).toEqual({ kind: "answer", series: [] });
  expect(fetched.instants.map(({ request }) => request.objective)).toEqual(["queue"]);
});
