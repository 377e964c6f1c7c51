import { expect, test } from "vitest";
import { z } from "zod";
import { targets } from "../testing/ask.ts";
import { type ComposeStack, containersOf, describeOnStack } from "../testing/compose-stack.ts";
import { docker } from "../testing/images.ts";
import { runOnce } from "../testing/one-off.ts";
import { until } from "../testing/poll.ts";
import { EXCEPTIONS, PLACES } from "./hardening.ts";

const Container = z.object({
  Id: z.string(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  RestartCount: z.number(),
  Config: z.object({ User: z.string(), Env: z.array(z.string()), Labels: z.record(z.string(), z.string()) }),
  HostConfig: z.object({
    Privileged: z.boolean(),
    ReadonlyRootfs: z.boolean(),
    CapDrop: z.array(z.string()).nullable(),
    CapAdd: z.array(z.string()).nullable(),
    SecurityOpt: z.array(z.string()).nullable(),
    PidsLimit: z.number().nullable(),
    Memory: z.number(),
    NanoCpus: z.number(),
    PidMode: z.string(),
    RestartPolicy: z.object({ Name: z.string() }),
    LogConfig: z.object({ Config: z.record(z.string(), z.string()).nullable() }),
    PortBindings: z.record(z.string(), z.array(z.object({ HostIp: z.string() }))).nullable(),
  }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }),
});
type Container = z.infer<typeof Container>;

const serviceOf = ({ Config }: Container) => Config.Labels["com.docker.compose.service"] ?? "";

async function inspect(stack: ComposeStack): Promise<readonly Container[]> {
  return z.array(Container).parse(JSON.parse(await docker(["inspect", ...(await containersOf(stack))])));
}

/** What Docker says of a container against the demands of hardening.ts, by their names there. */
function brokenIn({ Config, HostConfig }: Container): readonly string[] {
  const held: Readonly<Record<string, boolean>> = {
    "non-root": /^[1-9]\d*:[1-9]\d*$/.test(Config.User),
    unprivileged: !HostConfig.Privileged,
    "read-only-root": HostConfig.ReadonlyRootfs,
    "no-capabilities": HostConfig.CapDrop?.join() === "ALL" && (HostConfig.CapAdd ?? []).length === 0,
    "no-new-privileges": HostConfig.SecurityOpt?.includes("no-new-privileges:true") ?? false,
    "pids-limit": (HostConfig.PidsLimit ?? 0) > 0,
    "memory-limit": HostConfig.Memory > 0,
    "cpu-limit": HostConfig.NanoCpus > 0,
    restart: HostConfig.RestartPolicy.Name === "unless-stopped",
    "log-rotation": HostConfig.LogConfig.Config?.["max-size"] !== undefined,
    "loopback-ports": Object.values(HostConfig.PortBindings ?? {})
      .flat()
      .every(({ HostIp }) => HostIp === "127.0.0.1"),
    "host-namespaces": HostConfig.PidMode !== "host",
  };
  return Object.keys(held).filter((name) => !held[name]);
}

describeOnStack("the Compose stack", (stack) => {
  const left = () => (stack().place.images === "offline" ? ["grafana", "k6"] : ["k6"]);

  test("every service is up and healthy, or has done its work once", async () => {
    const states = (await inspect(stack())).map((container) => {
      const { Status, ExitCode, Health } = container.State;
      return `${serviceOf(container)} ${Status === "exited" ? `exited ${ExitCode}` : (Health?.Status ?? Status)}`;
    });
    const once = ["init", "migrate"];
    const wanted = Object.keys(PLACES).flatMap((name) => {
      if (left().includes(name)) return [];
      if (once.includes(name)) return [`${name} exited 0`];
      const healthy = `${name} ${EXCEPTIONS[`${name} health-check`] === undefined ? "healthy" : "running"}`;
      return name === "api" ? [healthy, healthy] : [healthy];
    });
    expect(states.sort()).toEqual(wanted.sort());
  });

  test("each running container meets every demand, or is an exception with its reason", async () => {
    const broken = (await inspect(stack())).flatMap((container) =>
      brokenIn(container).map((name) => `${serviceOf(container)} ${name}`),
    );
    const left = [...new Set(broken)].filter((key) => EXCEPTIONS[key] === undefined);
    expect(left).toEqual([]);
  });

  test("the kernel agrees: no capability, no way to get one, no file of the image to write to", async () => {
    const { compose } = stack();
    const ours = [
      "postgres",
      "api",
      "nginx",
      "prometheus",
      "alertmanager",
      "alert-log",
      "node-exporter",
      "postgres-exporter",
    ];
    const said = await Promise.all(
      ours.map(async (name) => {
        // With the host's processes before its eyes, the first one is not its own.
        const process = name === "node-exporter" ? "self" : "1";
        const status = await compose(["exec", "-T", name, "cat", `/proc/${process}/status`]);
        const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, "m").exec(status)?.[1];
        const written = await compose(["exec", "-T", name, "sh", "-c", "echo > /usr/written"]).then(
          () => "written",
          (error: Error) => (/read-only file system/i.test(error.message) ? "read-only" : error.message),
        );
        return [name, field("CapEff"), field("CapBnd"), field("NoNewPrivs"), field("Uid") === "0", written];
      }),
    );
    const none = "0000000000000000";
    expect(said).toEqual(ours.map((name) => [name, none, none, "1", false, "read-only"]));
  });

  test("networks keep apart what need not meet", async () => {
    const found = Object.fromEntries(
      (await inspect(stack())).map((container) => [
        serviceOf(container),
        Object.keys(container.NetworkSettings.Networks)
          .filter((name) => name !== "none")
          .map((name) => name.slice(stack().project.length + 1))
          .sort(),
      ]),
    );
    expect(found).toEqual(Object.fromEntries(Object.entries(PLACES).filter(([name]) => !left().includes(name))));
    // Without a time limit of its own, which a slow machine would see in place of the answer.
    const reach = (from: string, host: string, port: number) =>
      stack()
        .compose([
          "exec",
          "-T",
          from,
          "node",
          "-e",
          `require("node:net").connect(${port}, "${host}", () => { console.log("reached"); process.exit(); }).on("error", ({ code }) => { console.log(code); })`,
        ])
        .then((text) => text.trim());
    // Not the name: whose address no network of theirs knows, they cannot reach.
    expect(await reach("alert-log", "postgres", 5432)).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(await reach("api", "192.0.2.1", 80)).toMatch(/ENETUNREACH|EHOSTUNREACH/);
  });

  test("the API's image holds what runs, and neither tests nor what its build was told", async () => {
    const look =
      "ls /app /run/secrets 2>/dev/null; ls /app/api; find /app/api -name '*.test.ts' -o -name testing -o -name image";
    const said = await stack().compose(["exec", "-T", "api", "sh", "-c", look]);
    expect(said.replace("/app:", "").trim().split(/\s+/)).toEqual(
      ["api", "node_modules", "package.json", "auth", "config.ts", "db", "http", "log.ts", "main.ts", "metrics"].concat(
        ["migrate.ts", "migrations", "readiness.ts", "seed.ts", "serve.ts", "server.ts", "tasks"],
      ),
    );
  });

  test("no container's settings hold a secret", async () => {
    const said = await docker(["inspect", ...(await containersOf(stack()))]);
    const list = "find /secrets -type f ! -name webhook-url -exec cat {} + ";
    const { output } = await runOnce(stack(), ["--entrypoint", "/bin/sh", "init", "-c", list]);
    const secrets = output.match(/[0-9a-f]{64}/g) ?? [];
    expect(new Set(secrets).size).toBeGreaterThanOrEqual(7);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });

  test("Prometheus reaches everything that it is to watch", async () => {
    const jobs = ["alertmanager", "api", "api", "balancer", "cadvisor", "nginx", "node", "postgres", "prometheus"];
    const wanted = [...jobs, ...(stack().place.images === "registry" ? ["grafana"] : [])].sort();
    const seen = await until("every target up", 120, async () => {
      const all = await targets(stack());
      const up = all.filter(({ health }) => health === "up").map(({ labels }) => labels.job);
      return all.every(({ health }) => health !== "unknown") && up.length >= wanted.length ? all : null;
    }).catch(() => targets(stack()));
    expect(seen.map(({ labels, health, lastError }) => `${labels.job} ${health} ${lastError}`.trim()).sort()).toEqual(
      wanted.map((job) => `${job} up`),
    );
  });
});
