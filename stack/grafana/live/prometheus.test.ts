import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prometheusAt } from "./prometheus.ts";

const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  "/api/v1/query?query=up": [200, '{"status":"success","data":{"resultType":"vector","result":[]}}'],
  "/api/v1/query?query=up%28": [400, '{"status":"error","errorType":"bad_data","error":"parse error: unclosed"}'],
  "/api/v1/query?query=page": [502, "<html>Bad gateway</html>"],
};

const server = createServer((request, response) => {
  const [status, text] = ANSWERS[request.url ?? ""] ?? [404, "{}"];
  response.writeHead(status).end(text);
});
let base = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

describe("prometheusAt", () => {
  it("gives the data", async () => {
    expect(await prometheusAt(`${base}/`)("query", { query: "up" })).toEqual({ resultType: "vector", result: [] });
  });

  it("says what Prometheus refuses", async () => {
    await expect(prometheusAt(base)("query", { query: "up(" })).rejects.toThrow("parse error: unclosed");
  });

  it("says what is no Prometheus", async () => {
    const wrong = `${base} answers 502, and not as Prometheus does`;
    await expect(prometheusAt(base)("query", { query: "page" })).rejects.toThrow(wrong);
  });

  it("says where nobody answers", async () => {
    await expect(prometheusAt("http://127.0.0.1:9")("query", { query: "up" })).rejects.toThrow(
      /^Prometheus at http:\/\/127\.0\.0\.1:9 does not answer: /,
    );
  });
});
