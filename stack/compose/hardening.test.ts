import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ComposeConfig, composeConfig, hardeningFindings, type Service } from "./hardening.ts";

const FILE = fileURLToPath(new URL("../../docker-compose.yml", import.meta.url));
const HELD = /^\$\{\w+:-(.*)\}$/;

/** The file as Compose would hand it over: short forms made long, variables at their defaults. */
function project(): ComposeConfig {
  const file = parse(readFileSync(FILE, "utf8"), { merge: true });
  for (const service of Object.values<Record<string, unknown>>(file.services)) {
    const { networks, ports, volumes, user, mem_limit } = service;
    if (Array.isArray(networks)) service.networks = Object.fromEntries(networks.map((name) => [name, null]));
    if (Array.isArray(ports)) service.ports = ports.map(longPort);
    if (Array.isArray(volumes)) service.volumes = volumes.map(longVolume);
    if (typeof user === "string") service.user = HELD.exec(user)?.[1] ?? user;
    if (typeof mem_limit === "string") service.mem_limit = Number.parseInt(mem_limit, 10);
    delete service.deploy;
  }
  return composeConfig.parse(file);
}

function longPort(text: string): { host_ip: string; published: string } {
  const [, host = "", , port = ""] = /^\$\{(\w+:-[^}]*)\}:(\$\{\w+:-(\d+)\})/.exec(text) ?? [];
  return { host_ip: host.split(":-")[1] ?? "", published: port };
}

function longVolume(text: string): { type: string; source: string; target: string } {
  const [, source = "", target = ""] = /^((?:\$\{[^}]*\}|[^:])+):([^:]+)/.exec(text) ?? [];
  const path = HELD.exec(source)?.[1] ?? source;
  return { type: /^[./]/.test(path) ? "bind" : "volume", source: path, target };
}

function changed(name: string, change: Partial<Service>): string[] {
  const config = project();
  const service = config.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return hardeningFindings({ ...config, services: { ...config.services, [name]: { ...service, ...change } } });
}

describe("hardeningFindings", () => {
  it("finds nothing in docker-compose.yml", () => {
    expect(hardeningFindings(project())).toEqual([]);
  });

  it.each<[string, Partial<Service>, string]>([
    ["api", { user: "root" }, "api: non-root: user is root"],
    ["api", { user: "1000:0" }, "api: non-root: user is 1000:0"],
    ["api", { privileged: true }, "api: unprivileged: privileged is true"],
    ["nginx", { read_only: false }, "nginx: read-only-root: read_only is not true"],
    ["nginx", { cap_drop: ["NET_RAW"] }, "nginx: no-capabilities: cap_drop is not ALL"],
    ["nginx", { cap_add: ["NET_BIND_SERVICE"] }, "nginx: no-capabilities: cap_add gives NET_BIND_SERVICE"],
    ["grafana", { security_opt: [] }, "grafana: no-new-privileges: security_opt lacks no-new-privileges:true"],
    ["grafana", { pids_limit: 0 }, "grafana: pids-limit: pids_limit is unset"],
    ["grafana", { mem_limit: 0 }, "grafana: memory-limit: mem_limit is unset"],
    ["grafana", { cpus: 0 }, "grafana: cpu-limit: cpus is unset"],
    ["api", { healthcheck: { disable: true } }, "api: health-check: there is no health check"],
    ["api", { restart: "always" }, "api: restart: restart is always"],
    ["api", { logging: { driver: "json-file" } }, "api: log-rotation: logging has no max-size and max-file"],
    [
      "nginx",
      { ports: [{ host_ip: "0.0.0.0", published: "8088" }] },
      "nginx: loopback-ports: port 8088 is published on 0.0.0.0",
    ],
    ["nginx", { ports: [{ published: "8088" }] }, "nginx: loopback-ports: port 8088 is published on every address"],
    [
      "api",
      { ports: [{ host_ip: "127.0.0.1", published: "9464" }] },
      "api: ports: only alertmanager, grafana, nginx, prometheus publish",
    ],
    ["api", { network_mode: "host" }, "api: host-namespaces: network_mode is host"],
    ["api", { pid: "host" }, "api: host-namespaces: pid is host"],
    [
      "prometheus",
      { volumes: [{ type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock" }] },
      "prometheus: host-paths: /var/run/docker.sock of the host is mounted",
    ],
    [
      "api",
      { environment: { DATABASE_URL: "postgres://a:b@c/d" } },
      "api: no-secret-in-environment: DATABASE_URL holds a value",
    ],
    [
      "api",
      { networks: { app: null, data: null, edge: null, monitoring: null } },
      "api: networks: is in app, data, edge, monitoring, belongs in app, data, monitoring",
    ],
    ["migrate", { restart: "unless-stopped" }, "migrate: restart: holds, so its exception is to go"],
  ])("of %s with %j says: %s", (name, change, finding) => {
    expect(changed(name, change)).toEqual([finding]);
  });

  it("names a service that nobody has a place for, and a network with a way out", () => {
    const config = project();
    const { api } = config.services;
    if (api === undefined) throw new Error("no api");
    expect(hardeningFindings({ ...config, services: { ...config.services, extra: api } })).toEqual([
      "extra: networks: a service that nobody has a place for",
    ]);
    expect(hardeningFindings({ ...config, networks: { ...config.networks, data: {} } })).toEqual([
      "networks: data is not internal",
    ]);
  });
});
