import { describe, expect, test } from "vitest";
import { GOOD } from "./fixtures/good.ts";
import { parseObjectives } from "./parse-objectives.ts";

const read = (text: string) => {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "problems") throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
};

/** Each problem as code, place and message. */
const problems = (text: string) => {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return all.map(({ code, place, message }) => `${place.line}:${place.column} ${code}: ${message}`);
};

const objective = (text: string) => read(`service: s\nobjectives: [{ name: n, ${text} }]\n`).objectives[0];

describe("parseObjectives reads", () => {
  test("the good file, whole", () => {
    const at = (line: number) => ({ file: "o.yaml", line, column: 5 });
    const common = { gating: true, phase: "steady", confidence: { kind: "bounded", level: 0.95 } };
    const ok = { label: "code", op: "!~", value: "5.." };
    const job = { label: "job", op: "=", value: "shop" };
    const total = { metric: "http_total", matchers: [job] };
    const shop = { indicator: "resource", service: "shop", namespace: null, container: null };
    expect(parseObjectives(GOOD, "o.yaml")).toEqual({
      kind: "ok",
      warnings: [],
      value: {
        file: "o.yaml",
        service: "shop",
        coverage: 0.8,
        objectives: [
          {
            ...common,
            name: "fast",
            phase: "peak",
            place: at(5),
            burst: 1,
            indicator: "latency",
            histogram: { metric: "http_seconds", matchers: [job, { label: "method", op: "=~", value: "GET|HEAD" }] },
            percentile: 99.9,
            atMost: 0.3,
          },
          {
            ...common,
            name: "errors",
            gating: false,
            place: at(8),
            burst: 1,
            indicator: "ratio",
            part: { kind: "bad", selector: { ...total, matchers: [job, { label: "code", op: "=~", value: "5.." }] } },
            total,
            op: "atMost",
            limit: 0.001,
          },
          {
            ...common,
            name: "served",
            place: at(14),
            burst: 1,
            indicator: "ratio",
            part: { kind: "good", selector: { metric: "http_total", matchers: [ok] } },
            total: { metric: "http_total", matchers: [] },
            op: "atLeast",
            limit: 0.999,
          },
          {
            ...common,
            name: "memory",
            place: at(16),
            ...shop,
            resource: "memory",
            stat: "peak",
            atMost: 268435456,
            ofLimit: false,
          },
          {
            ...common,
            name: "cpu",
            place: at(18),
            ...shop,
            resource: "cpu",
            stat: "mean",
            atMost: 0.5,
            ofLimit: false,
          },
          {
            ...common,
            name: "queue",
            confidence: { kind: "observed" },
            place: at(20),
            indicator: "query",
            promql: "max_over_time(queue_length[$phase])\n  / 2\n",
            op: "atMost",
            limit: 2,
          },
          {
            ...common,
            name: "memory-share",
            place: at(27),
            ...shop,
            resource: "memory",
            stat: "peak",
            atMost: 0.8,
            ofLimit: true,
          },
          { ...common, name: "throttled", place: at(29), ...shop, resource: "throttling", atMost: 0.05 },
          {
            ...common,
            name: "killed",
            place: at(31),
            ...shop,
            namespace: "live",
            container: "app",
            resource: "oomKills",
            atMost: 0,
          },
          { ...common, name: "restarted", place: at(33), ...shop, resource: "restarts", atMost: 1 },
        ],
      },
    });
  });

  test.each([
    ["300ms", 0.3],
    ["0.3s", 0.3],
    ["1.5s", 1.5],
    ["2m", 120],
    ["1h", 3600],
    ["250us", 0.00025],
    ["250µs", 0.00025],
    ["0.7 ms", 0.0007],
    ["'300ms'", 0.3],
    ["250μs", 0.00025],
    ["1m30s", 90],
    ["1h30m", 5400],
    ["1s500ms", 1.5],
    ["' 300 ms '", 0.3],
  ])("the time %s", (text, seconds) => {
    expect(objective(`latency: { histogram: h, percentile: 99, atMost: ${text} }`)).toMatchObject({ atMost: seconds });
  });

  test.each([
    ["0.1%", 0.001],
    ["0.001", 0.001],
    ["1e-3", 0.001],
    ["5 %", 0.05],
    ["99.95%", 0.9995],
    ["'0.1%'", 0.001],
  ])("the share %s", (text, limit) => {
    expect(objective(`ratio: { bad: a, total: b, atMost: ${text} }`)).toMatchObject({ limit });
  });

  test.each([
    ["99", 99],
    ["99.9", 99.9],
    ["p99", 99],
    ["P95", 95],
    ["'99'", 99],
  ])("the percentile %s", (text, percentile) => {
    expect(objective(`latency: { histogram: h, percentile: ${text}, atMost: 1s }`)).toMatchObject({ percentile });
  });

  test.each([
    ["256MiB", 268435456],
    ["256Mi", 268435456],
    ["256MB", 256e6],
    ["1GiB", 1073741824],
    ["1.5GiB", 1610612736],
    ["512 B", 512],
    ["268435456", 268435456],
  ])("the memory %s, at its peak", (text, atMost) => {
    expect(objective(`resource: { service: a, memory: { atMost: ${text} } }`)).toMatchObject({ atMost, stat: "peak" });
  });

  test.each([
    ["0.5", 0.5],
    ["500m", 0.5],
    ["2", 2],
  ])("the CPU %s, on average", (text, atMost) => {
    expect(objective(`resource: { service: a, cpu: { atMost: ${text} } }`)).toMatchObject({ atMost, stat: "mean" });
  });

  test.each([
    ["80%", 0.8],
    ["12.5 %", 0.125],
    ["100%", 1],
  ])("the share %s of the container's own limit", (text, atMost) => {
    for (const kind of ["memory", "cpu"])
      expect(objective(`resource: { service: a, ${kind}: { atMost: ${text} } }`)).toMatchObject({
        atMost,
        ofLimit: true,
      });
  });

  test.each([
    ["throttling", "0%", 0],
    ["throttling", "0.05", 0.05],
    ["oomKills", "0", 0],
    ["restarts", "'3'", 3],
  ])("%s of at most %s", (kind, text, atMost) => {
    expect(objective(`resource: { service: a, ${kind}: { atMost: ${text} } }`)).toMatchObject({
      resource: kind,
      atMost,
    });
  });

  test.each([
    ["95%", { kind: "bounded", level: 0.95 }],
    ["0.95", { kind: "bounded", level: 0.95 }],
    ["99.9%", { kind: "bounded", level: 0.999 }],
    ["observed", { kind: "observed" }],
  ])("the confidence %s", (text, confidence) => {
    expect(objective(`confidence: ${text}, resource: { service: a, cpu: { atMost: 1 } }`)).toMatchObject({
      confidence,
    });
  });

  test.each([["-1.5"], ["0"], ["1e3"], ["2.5e-1"]])("the query's limit %s", (text) => {
    expect(objective(`query: { promql: 'rate(x[$phase])', atLeast: ${text} }`)).toMatchObject({
      op: "atLeast",
      limit: Number(text),
    });
  });

  test("the burst of an objective, of the defaults, and none", () => {
    const body =
      "objectives:\n  - { name: a, latency: { histogram: x, percentile: 99, atMost: 1s } }\n  - { name: b, burst: 7.5, latency: { histogram: x, percentile: 99, atMost: 1s } }\n  - { name: c, resource: { service: s, cpu: { atMost: 1 } } }\n";
    expect(read(`service: s\ndefaults: { burst: 5 }\n${body}`).objectives).toMatchObject([
      { burst: 5 },
      { burst: 7.5 },
      {},
    ]);
    expect(read(`service: s\n${body}`).objectives).toMatchObject([{ burst: 1 }, { burst: 7.5 }, {}]);
    expect(read(`service: s\ndefaults: { burst: 5 }\n${body}`).objectives[2]).not.toHaveProperty("burst");
  });

  test("defaults below what an objective says itself, and the usual above nothing", () => {
    const body =
      "\nobjectives:\n  - { name: a, resource: { service: s, cpu: { atMost: 1 } } }\n  - { name: b, gating: true, phase: x, confidence: 99%, resource: { service: s, cpu: { atMost: 1 } } }\n";
    expect(
      read(`service: s\ndefaults: { gating: false, phase: y, confidence: observed }${body}`).objectives,
    ).toMatchObject([
      { gating: false, phase: "y", confidence: { kind: "observed" } },
      { gating: true, phase: "x", confidence: { kind: "bounded", level: 0.99 } },
    ]);
    expect(read(`service: s${body}`)).toMatchObject({
      coverage: 0.9,
      objectives: [{ gating: true, phase: "steady", confidence: { kind: "bounded", level: 0.95 } }, {}],
    });
  });

  test("a byte order mark and Windows line ends, with places as an editor shows them", () => {
    const windows = `\uFEFF${GOOD.replaceAll("\n", "\r\n")}`;
    expect(read(windows).objectives.map(({ place }) => place)).toEqual(read(GOOD).objectives.map(({ place }) => place));
    expect(problems("\uFEFFservice: s\r\nobjectivs: []\r\n")).toEqual([
      "2:1 unknown-key: the objectives file has no key `objectivs`",
    ]);
  });

  test("anchors and aliases", () => {
    const text =
      "service: s\nobjectives:\n  - { name: a, ratio: &r { bad: 'x{c=\"5\"}', total: &t x, atMost: 1% } }\n  - { name: b, ratio: *r }\n  - { name: c, ratio: { good: y, total: *t, atLeast: 99% } }\n";
    expect(read(text).objectives).toMatchObject([{ limit: 0.01 }, { limit: 0.01 }, { total: { metric: "x" } }]);
  });

  test("JSON, which is YAML", () => {
    const latency = { histogram: "h", percentile: 99, atMost: "1s" };
    expect(read(JSON.stringify({ service: "s", objectives: [{ name: "a", latency }] })).objectives).toHaveLength(1);
  });
});
