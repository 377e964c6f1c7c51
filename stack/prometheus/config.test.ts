import { expect, test } from "vitest";
import { prometheusConfig } from "./config.ts";

const settings = {
  scrapeInterval: "500ms",
  api: [
    { address: "127.0.0.1:9464", instance: "api-1" },
    { address: "127.0.0.1:9465", instance: "api-2" },
  ],
  prometheus: { address: "127.0.0.1:9090", instance: "prometheus" },
};

test("the jobs api and prometheus, every target under a lasting name", () => {
  expect(prometheusConfig(settings)).toBe(`global:
  scrape_interval: 500ms
  scrape_timeout: 500ms
scrape_configs:
  - job_name: api
    static_configs:
      - targets:
          - 127.0.0.1:9464
        labels:
          instance: api-1
      - targets:
          - 127.0.0.1:9465
        labels:
          instance: api-2
  - job_name: prometheus
    static_configs:
      - targets:
          - 127.0.0.1:9090
        labels:
          instance: prometheus
`);
});
