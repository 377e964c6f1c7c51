import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { containersOf, docker, variableOf } from "./lib/engine.ts";
import { freePort } from "./lib/free-port.ts";
import {
  type Ended,
  inSteady,
  project,
  type Running,
  readReport,
  readRun,
  runFolder,
  SHORT,
  startLoad,
  UNDER_WAY,
  until,
  verdicts,
} from "./lib/load.ts";

const images = inject("stackImages");
const title = "npm run load -- --stack compose";
const suite = images.kind === "none" ? describe.skip : describe;

/** Limits that no noise of a machine breaks; containers are looked for in this project only. */
const objectives = (name: string) => `service: task-api
objectives:
  - name: latency
    latency: { histogram: 'http_request_duration_seconds{job="api"}', percentile: 90, atMost: 5s }
  - name: answers
    ratio:
      bad: 'nginx_request_duration_seconds_count{job="balancer",status_code=~"5.."}'
      total: 'nginx_request_duration_seconds_count{job="balancer"}'
      atMost: 5%
  - name: api-memory
    resource: { service: api, namespace: ${name}, memory: { atMost: 100% } }
`;

suite(images.kind === "none" ? `${title} (skipped: ${images.why})` : title, () => {
  const name = `${inject("stackPrefix")}-load`;
  const folder = mkdtempSync(join(tmpdir(), "proving-ground-compose-"));
  const file = join(folder, "objectives.yaml");
  let env: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    writeFileSync(file, objectives(name));
    env = {
      COMPOSE_PROJECT_NAME: name,
      NGINX_PORT: String(await freePort()),
      GRAFANA_PORT: String(await freePort()),
      PROMETHEUS_PORT: String(await freePort()),
      ALERTMANAGER_PORT: String(await freePort()),
    };
  });
  afterAll(() => {
    stack("down", "--volumes");
    rmSync(folder, { recursive: true });
  });

  const stack = (...args: string[]) =>
    execFileSync(process.execPath, [project("scripts/stack.ts"), ...args], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const start = (length: readonly string[], ...args: string[]) =>
    startLoad(["--stack", "compose", "--objectives", file, ...length, ...args], env);
  const startAuto = (more: NodeJS.ProcessEnv = {}) =>
    startLoad(["--stack", "auto", "--objectives", file, ...SHORT], { ...env, ...more });
  const noPass = (run: Running, ended: Ended, code: string) => {
    expect([1, 3], ended.stderr + ended.stdout).toContain(ended.code);
    expect(readRun(run.results).failure?.code).toBe(code);
    expect(["fail", "invalid", "no-data"]).toContain(readReport(run.results).verdict);
    expect(ended.stderr + ended.stdout).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)$/m);
  };

  test("Ctrl-C while the stack starts: exit 3, no container left", async () => {
    const run = startAuto();
    await until("Compose chosen", () => run.stderr().includes("compose: Docker "));
    await until("the first containers", () => containersOf(name).length > 3);
    process.kill(-run.pid, "SIGINT");
    const ended = await run.ended;
    expect(ended.code, ended.stderr).toBe(3);
    expect(ended.stderr).toContain("interrupted by SIGINT");
    expect(containersOf(name)).toEqual([]);
  });

  test("where somebody has its port it is native, and says who has it", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen({ host: "127.0.0.1", port: 0 }, resolve));
    const { port } = other.address() as AddressInfo;
    const run = startAuto({ NGINX_PORT: String(port) });
    await until("a choice", () => /native: Port \d+ of 127\.0\.0\.1, wanted for nginx, is taken/.test(run.stderr()));
    process.kill(-run.pid, "SIGINT");
    expect((await run.ended).code).toBe(3);
    expect(containersOf(name)).toEqual([]);
    await new Promise((resolve) => other.close(resolve));
  });

  test("from nothing to a proven pass, with three witnesses; --keep leaves the stack up", async () => {
    const run = start(SHORT, "--keep");
    await inSteady(run);
    const token = docker(["exec", `${name}-api-1`, "cat", "/secrets/api/token"]).trim();
    const ended = await run.ended;
    expect(ended.code, ended.stderr + ended.stdout).toBe(0);
    const report = readReport(run.results);
    expect(verdicts(report)).toEqual({ latency: "pass", answers: "pass", "api-memory": "pass" });
    const told = readRun(run.results);
    const steady = told.client.find(({ phase }) => phase === "steady");
    expect(steady?.answered).toBeGreaterThanOrEqual(400);
    expect(report.reconciliation).toMatchObject({ client: steady?.answered, server: steady?.answered });
    expect(report.objectives.find((one) => one.name === "answers")?.counts?.total).toBe(steady?.answered);
    expect(report.validity.find(({ check }) => check === "load-balancer")?.verdict).toBe("pass");
    const files = readdirSync(runFolder(run.results)).map((each) =>
      readFileSync(join(runFolder(run.results), each), "utf8"),
    );
    expect(token.length).toBeGreaterThan(20);
    for (const text of [...files, ended.stdout, ended.stderr]) expect(text).not.toContain(token);

    const ofK6 = `container_label_com_docker_compose_project="${name}",container_label_com_docker_compose_service="k6"`;
    for (const series of [`k6_vus{testid="${told.id}"}`, `container_cpu_usage_seconds_total{${ofK6}}`]) {
      const query = new URLSearchParams({ query: `last_over_time(${series}[10m])` });
      const answer = await fetch(`http://127.0.0.1:${env.PROMETHEUS_PORT}/api/v1/query?${query}`);
      const { data } = (await answer.json()) as { data: { result: unknown[] } };
      expect(data.result, series).not.toEqual([]);
    }
    expect(stack("status")).toContain(`${name}-nginx-1`);
  });

  describe("on a stack that is up before", () => {
    beforeAll(() => stack("up"));

    test.each([
      ["a replica killed", ["kill", `${name}-api-2`], "api-2 ended by itself (SIGKILL)"],
      ["PostgreSQL restarted", ["restart", `${name}-postgres-1`], "postgres ended by itself"],
      ["Prometheus restarted", ["restart", `${name}-prometheus-1`], "prometheus ended by itself"],
    ])(
      "%s in the steady phase: never a pass, the part named, the stack left up as it was",
      async (_what, fault, text) => {
        const run = start(UNDER_WAY);
        await inSteady(run);
        docker(fault);
        const ended = await run.ended;
        expect(ended.stderr).toContain(text);
        noPass(run, ended, "stack-failure");
        expect(containersOf(name, true)).toEqual(expect.arrayContaining([`${name}-api-1`, `${name}-api-2`]));
        expect(containersOf(name).filter((each) => each.includes("k6"))).toEqual([]);
        expect(variableOf(`${name}-api-1`, "RATE_LIMIT_PER_MINUTE")).toBe("30000");
      },
    );

    test("Ctrl-C in the steady phase: exit 3 with what k6 counted, k6 gone, the stack left up", async () => {
      const run = start(UNDER_WAY);
      await inSteady(run);
      expect(variableOf(`${name}-api-1`, "RATE_LIMIT_PER_MINUTE")).toBe("0");
      process.kill(-run.pid, "SIGINT");
      const ended = await run.ended;
      expect(ended.code, ended.stderr).toBe(3);
      noPass(run, ended, "interrupted");
      expect(readRun(run.results).client.find(({ phase }) => phase === "warmup")?.answered).toBeGreaterThan(0);
      expect(containersOf(name).filter((each) => each.includes("k6"))).toEqual([]);
      expect(containersOf(name, true)).toContain(`${name}-api-2`);
    });
  });
});
