import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Arrival, type RunningLog, startAlertLog } from "./testing/alert-log.ts";
import {
  CONFIG,
  type PostedAlert,
  programOf,
  type RunningAlertmanager,
  startAlertmanager,
} from "./testing/alertmanager.ts";
import { until } from "./testing/process.ts";

const run = promisify(execFile);
const amtool = async (...args: readonly string[]) => (await run(programOf("AMTOOL_BIN"), args)).stdout;

const open: { log?: RunningLog; alertmanager?: RunningAlertmanager } = {};
let log: RunningLog;
let alertmanager: RunningAlertmanager;

beforeAll(async () => {
  log = await startAlertLog();
  open.log = log;
  alertmanager = await startAlertmanager(`${log.url}/`);
  open.alertmanager = alertmanager;
});
afterAll(async () => {
  await open.alertmanager?.remove();
  await open.log?.stop("SIGKILL");
});

/** Waits for an alert with these labels to arrive at the log. */
function arrival(wanted: Readonly<Record<string, string>>, status = "firing"): Promise<Arrival> {
  return until(`${JSON.stringify(wanted)} arrives, ${status}`, async () =>
    (await log.alerts()).find((one) => one.status === status && has(one.labels, wanted)),
  );
}

function has(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

async function inhibited(wanted: Readonly<Record<string, string>>): Promise<void> {
  await until(`${JSON.stringify(wanted)} is inhibited`, async () => {
    const one = (await alertmanager.held()).find(({ labels }) => has(labels, wanted));
    return one?.status.state === "suppressed" && one.status.inhibitedBy.length > 0 ? true : undefined;
  });
}

const alert = (alertname: string, severity: string, labels: Readonly<Record<string, string>> = {}): PostedAlert => ({
  labels: { alertname, severity, ...labels },
  annotations: { summary: `${alertname} it is`, runbook: `docs/runbooks/${alertname}.md` },
});

describe("its configuration", () => {
  it("is one that amtool takes", async () => {
    expect(await amtool("check-config", CONFIG)).toContain("SUCCESS");
  });

  it.each([
    [["severity=page", "alertname=ApiDown"], "page"],
    [["severity=ticket", "alertname=TargetDown"], "ticket"],
    [["severity=none", "alertname=Watchdog"], "watchdog"],
    [["severity=none", "alertname=SloErrorBudgetBurn"], "nobody"],
    // Nobody loses an alert by a severity that nobody thought of.
    [["severity=critical", "alertname=Somebodys"], "ticket"],
    [["alertname=WithoutSeverity"], "ticket"],
  ])("sends %j to %s", async (labels, receiver) => {
    expect((await amtool("config", "routes", "test", `--config.file=${CONFIG}`, ...labels)).trim()).toBe(receiver);
  });
});

describe("a real Alertmanager, and the real webhook", () => {
  it("an alert that is posted arrives, with its receiver, summary and runbook, and so does its end", async () => {
    const labels = { alertname: "BalancerOwnErrors", severity: "page", job: "balancer" };
    await alertmanager.post([alert("BalancerOwnErrors", "page", { job: "balancer" })]);
    expect(await arrival(labels)).toMatchObject({
      alert: "BalancerOwnErrors",
      severity: "page",
      receiver: "page",
      summary: "BalancerOwnErrors it is",
      runbook: "docs/runbooks/BalancerOwnErrors.md",
    });
    const past = new Date(Date.now() - 1000).toISOString();
    await alertmanager.post([{ ...alert("BalancerOwnErrors", "page", { job: "balancer" }), endsAt: past }]);
    expect(await arrival(labels, "resolved")).toMatchObject({ receiver: "page", status: "resolved" });
  });

  it("Watchdog goes its own way", async () => {
    await alertmanager.post([alert("Watchdog", "none")]);
    expect((await arrival({ alertname: "Watchdog" })).receiver).toBe("watchdog");
  });

  it("a page inhibits the ticket of the same objective, and no other", async () => {
    const burn = (severity: string, objective: string, window: string) =>
      alert("SloErrorBudgetBurn", severity, { service: "task-api", objective, window });
    // With so little patience as here, a ticket that came beside its page might be sent before the page is known.
    await alertmanager.post([burn("page", "errors", "1h")]);
    await arrival({ objective: "errors", severity: "page" });
    await alertmanager.post([burn("ticket", "errors", "3d"), burn("ticket", "read-latency", "3d")]);
    await inhibited({ objective: "errors", severity: "ticket" });
    expect((await arrival({ objective: "read-latency", severity: "ticket" })).receiver).toBe("ticket");
    expect((await log.alerts()).some(({ labels }) => has(labels, { objective: "errors", severity: "ticket" }))).toBe(
      false,
    );
  });

  it("a target that is down inhibits what rests on it, and not its neighbours", async () => {
    await alertmanager.post([
      alert("TargetDown", "ticket", { job: "postgres", instance: "postgres-exporter:9187" }),
      alert("PostgresCollectorFailing", "ticket", { job: "postgres", instance: "postgres-exporter:9187" }),
      alert("ScrapeSlow", "ticket", { job: "cadvisor", instance: "cadvisor:8080" }),
    ]);
    await arrival({ alertname: "TargetDown", job: "postgres" });
    await inhibited({ alertname: "PostgresCollectorFailing" });
    await arrival({ alertname: "ScrapeSlow" });
  });

  it("an API that is down explains the missing metrics and objectives, and hides no other page", async () => {
    await alertmanager.post([
      alert("ApiDown", "page", { job: "api" }),
      alert("TargetAbsent", "ticket", { job: "api" }),
      alert("MetricMissing", "ticket", { job: "api", metric: "db_pool_waiting" }),
      alert("SloNoData", "ticket", { service: "task-api", objective: "errors" }),
      alert("PostgresDown", "page", { job: "postgres", instance: "postgres-exporter:9187-b" }),
    ]);
    await arrival({ alertname: "ApiDown" });
    await inhibited({ alertname: "MetricMissing" });
    await inhibited({ alertname: "SloNoData" });
    expect((await arrival({ alertname: "PostgresDown" })).receiver).toBe("page");
  });
});
