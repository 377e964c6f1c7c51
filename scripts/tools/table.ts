import type { Machine, ReleaseSource, Tool, ToolName } from "./types.ts";

const PROMETHEUS = "3.16.0";
/** The last of the second line; Debian's stable suites have an older one of it, that serves as well. */
const PROMETHEUS_2 = "2.55.1";
const K6 = "2.2.0";
const ALERTMANAGER = "0.33.1";
/** The newest that Go module proxies have. */
const ALERTMANAGER_MODULE = "0.28.1";
const ACTIONLINT = "1.7.12";
const GO_ARCH = { x64: "amd64", arm64: "arm64" } as const;

const k6Stem = ({ platform, arch }: Machine) =>
  `k6-v${K6}-${platform === "darwin" ? "macos" : "linux"}-${GO_ARCH[arch]}`;

function prometheusRelease(version: string, program: string, project = "prometheus"): ReleaseSource {
  const stem = ({ platform, arch }: Machine) => `${project}-${version}.${platform}-${GO_ARCH[arch]}`;
  return {
    repository: `prometheus/${project}`,
    tag: `v${version}`,
    sums: "sha256sums.txt",
    archive: (machine) => `${stem(machine)}.tar.gz`,
    program: (machine) => `${stem(machine)}/${program}`,
  };
}

const prometheusModule = {
  path: "github.com/prometheus/prometheus",
  // Prometheus' Go modules are numbered 0.3XX for its 3.XX.
  version: "v0.316.0",
  sum: "h1:f1GRFerhTMKQma+awCoC9T820ecWeGSdF+xAlMHzZzM=",
  // All service discoveries but the built-in ones: they pull in modules that proxies lack, and none is used here.
  tags: ["remove_all_sd"],
  ldflags: `-X github.com/prometheus/common/version.Version=${PROMETHEUS}`,
};

const alertmanagerModule = {
  path: "github.com/prometheus/alertmanager",
  version: `v${ALERTMANAGER_MODULE}`,
  sum: "h1:BK5pCoAtaKg01BYRUJhEDV1tqJMEtYBGzPw8QdvnnvA=",
  tags: [],
  ldflags: `-X github.com/prometheus/common/version.Version=${ALERTMANAGER_MODULE}`,
  takes: "about 40 s on 2 cores",
};

/** Every tool that is brought from outside npm. */
export const TOOLS: Readonly<Record<ToolName, Tool>> = {
  k6: {
    name: "k6",
    program: "k6",
    version: K6,
    serves: { least: "2.2.0", below: "2.3.0" },
    use: "the load",
    ask: ["version"],
    how: ["path", "cache", "release", "gomodule"],
    release: {
      repository: "grafana/k6",
      tag: `v${K6}`,
      sums: `k6-v${K6}-checksums.txt`,
      archive: (machine) => `${k6Stem(machine)}.${machine.platform === "darwin" ? "zip" : "tar.gz"}`,
      program: (machine) => `${k6Stem(machine)}/k6`,
    },
    debian: null,
    module: {
      path: "go.k6.io/k6/v2",
      version: `v${K6}`,
      sum: "h1:FXtQJeClRQm25eraUvz/cbn2xcYZThs6cv2lBnid8tM=",
      command: ".",
      tags: [],
      ldflags: "",
      takes: "about 2 min on 2 cores",
    },
  },
  prometheus: {
    name: "prometheus",
    program: "prometheus",
    version: PROMETHEUS,
    serves: { least: "3.0.0", below: "4.0.0" },
    use: "the evidence",
    ask: ["--version"],
    how: ["path", "cache", "release", "debian", "gomodule"],
    release: prometheusRelease(PROMETHEUS, "prometheus"),
    debian: { suite: "forky", package: "prometheus", program: "usr/bin/prometheus" },
    module: { ...prometheusModule, command: "./cmd/prometheus", takes: "about 3 min on 2 cores" },
  },
  prometheus2: {
    name: "prometheus2",
    program: "prometheus",
    version: PROMETHEUS_2,
    // From 2.40 on it has native histograms.
    serves: { least: "2.40.0", below: "3.0.0" },
    use: "tests against older servers",
    ask: ["--version"],
    how: ["path", "cache", "release", "debian"],
    release: prometheusRelease(PROMETHEUS_2, "prometheus"),
    debian: { suite: "bookworm", package: "prometheus", program: "usr/bin/prometheus" },
    module: null,
  },
  promtool: {
    name: "promtool",
    program: "promtool",
    version: PROMETHEUS,
    serves: { least: "3.0.0", below: "4.0.0" },
    use: "tests of metrics and rules",
    ask: ["--version"],
    how: ["path", "cache", "release", "debian", "gomodule"],
    release: prometheusRelease(PROMETHEUS, "promtool"),
    debian: { suite: "forky", package: "promtool", program: "usr/bin/promtool" },
    module: { ...prometheusModule, command: "./cmd/promtool", takes: "about 1 min on 2 cores" },
  },
  alertmanager: {
    name: "alertmanager",
    program: "alertmanager",
    version: ALERTMANAGER,
    // From 0.27 on a webhook's address may stand in a file, and matchers are read as UTF-8.
    serves: { least: "0.27.0", below: "1.0.0" },
    use: "tests of alerting",
    ask: ["--version"],
    how: ["path", "cache", "release", "gomodule"],
    release: prometheusRelease(ALERTMANAGER, "alertmanager", "alertmanager"),
    // Debian's reads its templates from /usr/share, where nothing of an unpacked package lies.
    debian: null,
    module: { ...alertmanagerModule, command: "./cmd/alertmanager" },
  },
  amtool: {
    name: "amtool",
    program: "amtool",
    version: ALERTMANAGER,
    serves: { least: "0.27.0", below: "1.0.0" },
    use: "tests of alerts' routes",
    ask: ["--version"],
    how: ["path", "cache", "release", "debian", "gomodule"],
    release: prometheusRelease(ALERTMANAGER, "amtool", "alertmanager"),
    debian: { suite: "forky", package: "prometheus-alertmanager", program: "usr/bin/amtool" },
    module: { ...alertmanagerModule, command: "./cmd/amtool" },
  },
  actionlint: {
    name: "actionlint",
    program: "actionlint",
    version: ACTIONLINT,
    serves: { least: "1.7.10", below: "1.8.0" },
    use: "checks of the workflows",
    ask: ["-version"],
    how: ["path", "cache", "release", "gomodule"],
    release: {
      repository: "rhysd/actionlint",
      tag: `v${ACTIONLINT}`,
      sums: `actionlint_${ACTIONLINT}_checksums.txt`,
      archive: ({ platform, arch }) => `actionlint_${ACTIONLINT}_${platform}_${GO_ARCH[arch]}.tar.gz`,
      program: () => "actionlint",
    },
    debian: null,
    module: {
      path: "github.com/rhysd/actionlint",
      version: `v${ACTIONLINT}`,
      sum: "h1:vQ4GeJN86C0QH+gTUQcs8McmK62OLT3kmakPMtEWYnY=",
      command: "./cmd/actionlint",
      tags: [],
      ldflags: `-X github.com/rhysd/actionlint.version=${ACTIONLINT}`,
      takes: "about 20 s on 2 cores",
    },
  },
};
