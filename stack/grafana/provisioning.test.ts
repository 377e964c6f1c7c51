import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { queryReads } from "../../slo/core/promql-reads.ts";
import { SOURCES } from "./build/names.ts";
import { checkedIn } from "./files.ts";
import { readable } from "./lint/place.ts";
import { seconds } from "./live/times.ts";
import { readDashboard } from "./read/dashboard.ts";
import { queriesOf } from "./read/queries.ts";

const read = async (path: string): Promise<unknown> => parse(await readFile(new URL(path, import.meta.url), "utf8"));

const source = z.object({
  name: z.string(),
  uid: z.string(),
  type: z.string(),
  url: z.string(),
  editable: z.boolean(),
  jsonData: z.record(z.string(), z.unknown()),
  secureJsonData: z.record(z.string(), z.string()).optional(),
});
const { datasources } = z
  .object({ datasources: z.array(source) })
  .parse(await read("provisioning/datasources/sources.yml"));
const { providers } = z
  .object({ providers: z.array(z.object({ options: z.object({ path: z.string() }), allowUiUpdates: z.boolean() })) })
  .parse(await read("provisioning/dashboards/files.yml"));
const grafana = z
  .object({ environment: z.record(z.string(), z.string()), volumes: z.array(z.string()) })
  .parse(
    z.object({ services: z.record(z.string(), z.unknown()) }).parse(await read("../../docker-compose.yml")).services
      .grafana,
  );
const scrapes = z
  .object({
    global: z.object({ scrape_interval: z.string() }),
    scrape_configs: z.array(z.object({ job_name: z.string(), scrape_interval: z.string().optional() })),
  })
  .parse(await read("../prometheus/prometheus.yml"));

describe("the data sources", () => {
  it("are those that dashboards name, with uids that stay", () => {
    const found = datasources.map(({ uid, type, name }) => ({ uid, type, name }));
    expect(found).toEqual(expect.arrayContaining(Object.values(SOURCES)));
    expect(found.map(({ uid }) => uid)).toEqual(["prometheus", "alertmanager", "postgres"]);
    expect(datasources.every(({ editable }) => !editable)).toBe(true);
  });

  it("hold no secret, but the file where it is", () => {
    expect(datasources.map(({ secureJsonData }) => secureJsonData)).toEqual([
      undefined,
      undefined,
      { password: "$__file{/secrets/grafana/postgres-password}" },
    ]);
  });

  it("know how often Prometheus scrapes", () => {
    expect(datasources[0]?.jsonData.timeInterval).toBe(scrapes.global.scrape_interval);
  });
});

describe("Grafana in Compose", () => {
  it("finds the dashboards and the home page where they are mounted", async () => {
    expect(grafana.volumes).toContain("./stack/grafana/dashboards:/etc/grafana/dashboards:ro");
    expect(grafana.volumes).toContain("./stack/grafana/provisioning:/etc/grafana/provisioning:ro");
    expect(providers).toEqual([{ options: { path: "/etc/grafana/dashboards" }, allowUiUpdates: false }]);
    const home = grafana.environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? "";
    expect([...(await checkedIn()).keys()].map((file) => `/etc/grafana/dashboards/${file}`)).toContain(home);
  });

  it.each([
    ["GF_AUTH_ANONYMOUS_ENABLED", "false"],
    ["GF_USERS_ALLOW_SIGN_UP", "false"],
    ["GF_ANALYTICS_REPORTING_ENABLED", "false"],
    ["GF_ANALYTICS_CHECK_FOR_UPDATES", "false"],
    ["GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"],
    ["GF_PLUGINS_PREINSTALL_DISABLED", "true"],
    ["GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false"],
    ["GF_SNAPSHOTS_EXTERNAL_ENABLED", "false"],
    ["GF_SECURITY_ADMIN_PASSWORD__FILE", "/secrets/grafana/admin-password"],
  ])("has %s at %s", (name, value) => {
    expect(grafana.environment[name]).toBe(value);
  });
});

describe("the steps of panels", () => {
  // Four scrapes must fit $__rate_interval, or a panel is empty; many more would blur what a line shows.
  it("are as long as the slowest job they ask takes between scrapes", async () => {
    const usual = scrapes.global.scrape_interval;
    const every = new Map(scrapes.scrape_configs.map((job) => [job.job_name, job.scrape_interval ?? usual] as const));
    const wrong: string[] = [];
    let compared = 0;
    for (const [file, text] of await checkedIn()) {
      const dashboard = readDashboard(file, text);
      for (const query of queriesOf(dashboard).filter((one) => one.text.includes("$__rate_interval"))) {
        const jobs = queryReads(readable(dashboard, query.text)).selectors.flatMap(({ matchers }) =>
          matchers.flatMap(({ label, op, value }) => (label === "job" && op === "=" ? [value] : [])),
        );
        const slowest = Math.max(0, ...jobs.map((job) => seconds(every.get(job) ?? usual)));
        const step = seconds(query.every ?? usual);
        compared += jobs.length > 0 ? 1 : 0;
        if (step < slowest) wrong.push(`${file}: ${query.panel.title} ${query.refId}: ${step} s, of ${slowest} s`);
        if (!query.instant && slowest > 0 && step > slowest) {
          wrong.push(`${file}: ${query.panel.title} ${query.refId}: ${step} s, though ${slowest} s would do`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});
