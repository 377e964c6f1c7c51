/**
 * Who may import whom (docs: design, "Rooms"). Rooms are joined by processes and files, so the shapes of those files,
 * which stand in slo/core, may be imported by scripts and e2e as types.
 */
const TEST = "\\.test\\.ts$";
const ROOMS = "^(?:api|loadtests|slo|stack|scripts|e2e)/";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    rule("api-alone", "api knows nothing of the rest", { path: "^api/" }, { path: ROOMS, pathNot: "^api/" }),
    rule(
      "loadtests-alone",
      "loadtests run inside k6: nothing from outside the folder but k6's own modules",
      { path: "^loadtests/", pathNot: TEST },
      { pathNot: ["^loadtests/", "^k6(?:/|$)", "^node_modules/@types/k6/"] },
    ),
    rule(
      "loadtests-tests-alone",
      "tests of loadtests import no other room",
      { path: `^loadtests/.*${TEST}` },
      { path: ROOMS, pathNot: "^loadtests/" },
    ),
    rule("slo-alone", "slo works with any service", { path: "^slo/" }, { path: ROOMS, pathNot: "^slo/" }),
    rule(
      "core-imports-nothing",
      "slo/core → nothing of ours",
      { path: "^slo/core/" },
      { path: ROOMS, pathNot: "^slo/(?:core|testing)/" },
    ),
    rule(
      "core-is-pure",
      "no clock, no network, no files in slo/core: nothing of Node's",
      { path: "^slo/core/", pathNot: TEST },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "io-imports-core",
      "slo/io → slo/core",
      { path: "^slo/io/" },
      { path: ROOMS, pathNot: "^slo/(?:io|core|testing)/" },
    ),
    rule(
      "render-imports-core",
      "slo/render → slo/core",
      { path: "^slo/render/" },
      { path: ROOMS, pathNot: "^slo/(?:render|core|testing)/" },
    ),
    rule(
      "prometheus-behind-io",
      "only slo/io talks to Prometheus",
      { path: "^slo/", pathNot: "^slo/io/" },
      { path: "^node_modules/(?:axios|prometheus-query)/" },
    ),
    rule(
      "stack-alone",
      "stack imports nothing of the other rooms",
      { path: "^stack/", pathNot: "^stack/grafana/" },
      { path: ROOMS, pathNot: "^stack/" },
    ),
    rule(
      "grafana-imports-core",
      "stack/grafana → slo/core",
      { path: "^stack/grafana/" },
      { path: ROOMS, pathNot: ["^stack/", "^slo/core/"] },
    ),
    rule(
      "scripts-join-by-processes",
      "scripts → stack; the other rooms by processes and files",
      { path: "^scripts/" },
      { path: ROOMS, pathNot: ["^scripts/", "^stack/", "^slo/core/"] },
    ),
    rule(
      "files-by-type",
      "scripts and e2e share with slo/core the types of the files, no code",
      { path: "^(?:scripts|e2e)/" },
      { path: "^slo/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "e2e-from-outside",
      "e2e runs the commands",
      { path: "^e2e/", pathNot: "^e2e/scripts/" },
      { path: ROOMS, pathNot: ["^e2e/", "^slo/core/"] },
    ),
    rule(
      "e2e-scripts-in-k6",
      "e2e/scripts run inside k6, in place of the load's own",
      { path: "^e2e/scripts/" },
      { pathNot: ["^(?:e2e/scripts|loadtests)/", "^k6(?:/|$)", "^node_modules/@types/k6/"] },
    ),
    rule(
      "no-cycles",
      "modules that run one another cannot be read apart; types may name one another",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "testing-for-tests",
      "folders named testing hold what tests, benchmarks and fuzzing share",
      { pathNot: [TEST, "/testing/", "^e2e/", "^slo/(?:bench|fuzz)/"] },
      { path: "/testing/" },
    ),
    rule("no-tests-imported", "tests are nobody's library", {}, { path: TEST }),
    rule("resolvable", "every import is there", {}, { couldNotResolve: true, pathNot: "^k6(?:/|$)" }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(?:^|/)(?:node_modules/(?!@types/k6|axios|prometheus-query)|results/|coverage/)" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
