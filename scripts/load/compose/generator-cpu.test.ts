import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { generatorCpu } from "./generator-cpu.ts";

let end = () => Promise.resolve();
afterEach(() => end());

/** Answers every query with these series, and keeps what was asked. */
async function prometheus(series: readonly (readonly [number, string])[][]): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? "", "http://x").searchParams.get("query") ?? "");
    const result = series.map((values) => ({ metric: {}, values }));
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  end = () => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("k6's container of this project, over the cores that it may use", async () => {
  const run = [0, 2, 4, 6, 8].map((second) => [1000 + second, String(second * 0.5)] as const);
  const before = [[990, "70"]] as const;
  const { url, asked } = await prometheus([[...before], run]);
  const share = await generatorCpu(url, "pg-two", 1000, 2);
  expect(share(1000, 1008)).toBe(0.25);
  expect(share(1001, 1003)).toBeNull();
  expect(asked[0]).toMatch(
    /^container_cpu_usage_seconds_total\{container_label_com_docker_compose_project="pg-two",container_label_com_docker_compose_service="k6"\}\[\d+s\]$/,
  );
});

test("nothing is known where Prometheus does not answer, or has nothing", async () => {
  const { url } = await prometheus([]);
  expect((await generatorCpu(url, "pg-two", 1000, 2))(1000, 1008)).toBeNull();
  await end();
  end = () => Promise.resolve();
  expect((await generatorCpu(url, "pg-two", 1000, 2))(1000, 1008)).toBeNull();
});
