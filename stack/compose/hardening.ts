import * as z from "zod";

const limits = z.object({ limits: z.object({ cpus: z.coerce.number().optional(), memory: z.string().optional() }) });

/** What is read of one service in `docker compose config --format json`. */
const service = z.object({
  image: z.string().optional(),
  user: z.string().optional(),
  privileged: z.boolean().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  cap_add: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  pids_limit: z.number().optional(),
  mem_limit: z.union([z.string(), z.number()]).optional(),
  cpus: z.number().optional(),
  deploy: z.object({ resources: limits.partial().optional() }).optional(),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  restart: z.string().optional(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()).optional() }).optional(),
  networks: z.record(z.string(), z.unknown()).nullish(),
  network_mode: z.string().optional(),
  pid: z.string().optional(),
  ports: z.array(z.object({ host_ip: z.string().optional(), published: z.string().optional() })).optional(),
  environment: z.record(z.string(), z.string().nullable()).optional(),
  volumes: z.array(z.object({ type: z.string(), source: z.string().optional(), target: z.string() })).optional(),
});
export type Service = z.infer<typeof service>;

export const composeConfig = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
});
export type ComposeConfig = z.infer<typeof composeConfig>;

/** One demand on every container; `broken` says what is wrong, null if nothing is. */
interface Demand {
  readonly name: string;
  readonly broken: (service: Service) => string | null;
}

const SECRET = /password|passwd|secret|token|database_url$/i;
const POINTS_AT_A_FILE = /_file$/i;

const DEMANDS: readonly Demand[] = [
  {
    name: "non-root",
    broken: ({ user }) =>
      user !== undefined && /^[1-9]\d*:[1-9]\d*$/.test(user) ? null : `user is ${user ?? "unset"}`,
  },
  { name: "unprivileged", broken: ({ privileged }) => (privileged === true ? "privileged is true" : null) },
  { name: "read-only-root", broken: ({ read_only }) => (read_only === true ? null : "read_only is not true") },
  { name: "no-capabilities", broken: capabilities },
  {
    name: "no-new-privileges",
    broken: ({ security_opt }) =>
      security_opt?.includes("no-new-privileges:true") ? null : "security_opt lacks no-new-privileges:true",
  },
  {
    name: "pids-limit",
    broken: ({ pids_limit }) => ((pids_limit ?? 0) > 0 ? null : "pids_limit is unset"),
  },
  {
    name: "memory-limit",
    broken: ({ mem_limit, deploy }) =>
      Number(mem_limit ?? deploy?.resources?.limits?.memory ?? 0) > 0 ? null : "mem_limit is unset",
  },
  {
    name: "cpu-limit",
    broken: ({ cpus, deploy }) => ((cpus ?? deploy?.resources?.limits?.cpus ?? 0) > 0 ? null : "cpus is unset"),
  },
  {
    name: "health-check",
    broken: ({ healthcheck }) =>
      (healthcheck?.test ?? []).length > 0 && healthcheck?.disable !== true ? null : "there is no health check",
  },
  {
    name: "restart",
    broken: ({ restart }) => (restart === "unless-stopped" ? null : `restart is ${restart ?? "unset"}`),
  },
  {
    name: "log-rotation",
    broken: ({ logging }) =>
      logging?.options?.["max-size"] !== undefined && logging.options["max-file"] !== undefined
        ? null
        : "logging has no max-size and max-file",
  },
  {
    name: "loopback-ports",
    broken: ({ ports }) => {
      const open = (ports ?? []).find(({ host_ip }) => host_ip !== "127.0.0.1");
      return open === undefined
        ? null
        : `port ${open.published ?? "?"} is published on ${open.host_ip ?? "every address"}`;
    },
  },
  { name: "host-namespaces", broken: namespaces },
  {
    name: "host-paths",
    broken: ({ volumes }) => {
      const host = (volumes ?? []).find(({ type, source }) => type === "bind" && HOST_PATH.test(source ?? ""));
      return host === undefined ? null : `${host.source} of the host is mounted`;
    },
  },
  {
    name: "no-secret-in-environment",
    broken: ({ environment }) => {
      const leaked = Object.entries(environment ?? {}).find(
        ([name, value]) => SECRET.test(name) && !POINTS_AT_A_FILE.test(name) && (value ?? "") !== "",
      );
      return leaked === undefined ? null : `${leaked[0]} holds a value`;
    },
  },
];

/** The machine's own folders; the project's lie elsewhere. */
const HOST_PATH = /^\/(?:$|(?:bin|boot|dev|etc|lib|proc|run|sbin|sys|usr|var\/(?:run|lib))(?:\/|$))/;

function capabilities({ cap_drop, cap_add }: Service): string | null {
  if (!cap_drop?.includes("ALL")) return "cap_drop is not ALL";
  return (cap_add ?? []).length === 0 ? null : `cap_add gives ${(cap_add ?? []).join(", ")}`;
}

function namespaces({ network_mode, pid }: Service): string | null {
  if (network_mode === "host") return "network_mode is host";
  return pid === "host" ? "pid is host" : null;
}

const ONE_SHOT = "runs once and ends: others wait for its success";

/** Where a demand is not met, and why that is right: `service demand` → reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "init non-root": "hands each volume to the user of its service, which only root may do; it has no network",
  "init no-capabilities": "needs exactly CHOWN, DAC_OVERRIDE and FOWNER for that",
  "init health-check": ONE_SHOT,
  "init restart": ONE_SHOT,
  "migrate health-check": ONE_SHOT,
  "migrate restart": ONE_SHOT,
  "k6 health-check": ONE_SHOT,
  "k6 restart": ONE_SHOT,
  "cadvisor non-root": "reads every container's control group, and names from the engine's socket, which is root's",
  "cadvisor no-capabilities":
    "DAC_READ_SEARCH and SYS_PTRACE for other processes' /proc, SYSLOG for OOM kills in the kernel's log",
  "cadvisor host-paths": "what it measures is the host's",
  "node-exporter host-namespaces": "counts the host's processes, as nobody, and sees no more than any user does",
  "node-exporter host-paths": "what it measures is the host's; read-only, as nobody",
  "nginx-exporter health-check":
    'its image holds one program and nothing to ask it with; Prometheus\' up{job="nginx"} watches it',
};

/** Which networks a service may be in: edge publishes, app serves, data stores, monitoring watches. */
export const PLACES: Readonly<Record<string, readonly string[]>> = {
  init: [],
  postgres: ["data"],
  migrate: ["data"],
  api: ["app", "data", "monitoring"],
  nginx: ["app", "edge", "monitoring"],
  prometheus: ["edge", "monitoring"],
  alertmanager: ["edge", "monitoring"],
  "alert-log": ["monitoring"],
  grafana: ["data", "edge", "monitoring"],
  cadvisor: ["monitoring"],
  "node-exporter": ["monitoring"],
  "postgres-exporter": ["data", "monitoring"],
  "nginx-exporter": ["monitoring"],
  k6: ["edge", "monitoring"],
};
const PUBLISHING = ["alertmanager", "grafana", "nginx", "prometheus"];

/**
 * What a Compose project leaves open, one line each, sorted; empty where everything holds.
 * Sources: OWASP Docker Security Cheat Sheet; CIS Docker Benchmark 1.6, section 5.
 */
export function hardeningFindings(config: ComposeConfig): string[] {
  const services = Object.entries(config.services);
  const broken = services.flatMap(([name, service]) =>
    DEMANDS.flatMap((demand) => {
      const text = demand.broken(service);
      const excused = EXCEPTIONS[`${name} ${demand.name}`] !== undefined;
      if (text !== null && !excused) return [`${name}: ${demand.name}: ${text}`];
      return text === null && excused ? [`${name}: ${demand.name}: holds, so its exception is to go`] : [];
    }),
  );
  const strange = Object.keys(EXCEPTIONS)
    .filter((key) => config.services[key.split(" ")[0] ?? ""] === undefined)
    .map((key) => `${key}: an exception for a service that is not there`);
  return [...broken, ...strange, ...services.flatMap(misplaced), ...unsealed(config)].sort();
}

function misplaced([name, { networks, ports }]: [string, Service]): string[] {
  const is = Object.keys(networks ?? {}).sort();
  const may = PLACES[name];
  const wrong =
    may === undefined
      ? [`${name}: networks: a service that nobody has a place for`]
      : is.join() === may.join()
        ? []
        : [`${name}: networks: is in ${is.join(", ") || "none"}, belongs in ${may.join(", ") || "none"}`];
  const publishes = (ports ?? []).length > 0;
  return publishes && !PUBLISHING.includes(name)
    ? [...wrong, `${name}: ports: only ${PUBLISHING.join(", ")} publish`]
    : wrong;
}

function unsealed({ networks }: ComposeConfig): string[] {
  return ["app", "data", "monitoring"]
    .filter((name) => networks[name]?.internal !== true)
    .map((name) => `networks: ${name} is not internal`);
}
