import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { GOOD } from "../file/fixtures/good.ts";
import { formatObjectives } from "../file/format-objectives.ts";
import { parseObjectives } from "../file/parse-objectives.ts";
import type { Objective, ObjectivesFile } from "../objective.ts";
import { formatOpenSlo } from "./format-openslo.ts";

const label = fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.constantFrom("a.b", "mit Leer", "é"));
const matcher = fc.oneof(
  fc.record({
    label,
    op: fc.constantFrom("=" as const, "!=" as const),
    value: fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.toWellFormed()),
  }),
  fc.record({
    label,
    op: fc.constantFrom("=~" as const, "!~" as const),
    value: fc.constantFrom("5..", "a|b", ".*\\d", ""),
  }),
);
const metric = fc.oneof(
  fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,12}$/),
  fc.constantFrom("http_total", "x_bucket", "x_count", "on", "inf", "http.requests", "ä b", 'a"b\\', "bool"),
);
const selector = fc.record({
  metric,
  matchers: fc.array(
    matcher.filter(({ label: name }) => name !== "__name__"),
    { maxLength: 3 },
  ),
});
const histogram = selector
  .filter((one) => !/_(?:bucket|sum|count)$/.test(one.metric))
  .map((one) => ({ ...one, matchers: one.matchers.filter((other) => other.label !== "le") }));

const decimals = (least: number, most: number) =>
  fc.oneof(
    fc.double({ min: least, max: most, noNaN: true }),
    fc.integer({ min: Math.ceil(least * 1000), max: Math.floor(most * 1000) }).map((one) => one / 1000),
  );
const share = fc.oneof(decimals(0, 1), fc.constantFrom(0, 1, 0.001, 0.999, 1e-9, 1 - 2 ** -53, 5e-324));
const above0 = fc.oneof(
  decimals(0, 10_000).filter((one) => one > 0),
  fc.constantFrom(0.3, 1, 60, 90, 3600, 1e-6, 2.5e-7, 1e6, 1e22, 0.1 + 0.2),
);

const burst = fc.oneof(fc.constant(1), decimals(1, 100_000));

const latency = fc.record({
  indicator: fc.constant("latency" as const),
  burst,
  histogram,
  percentile: decimals(1, 100).filter((one) => one > 1 && one < 100),
  atMost: above0,
});
const ratio = fc.record({
  indicator: fc.constant("ratio" as const),
  burst,
  part: fc.record({ kind: fc.constantFrom("bad" as const, "good" as const), selector }),
  total: selector,
  op: fc.constantFrom("atMost" as const, "atLeast" as const),
  limit: share,
});
/** How the field says a latency: as a ratio it must stay one. */
const buckets = fc
  .record({ burst, histogram, le: fc.constantFrom("0.3", "1", "+Inf", "x"), limit: share })
  .map((one) => ({
    indicator: "ratio" as const,
    burst: one.burst,
    part: {
      kind: "good" as const,
      selector: {
        metric: `${one.histogram.metric}_bucket`,
        matchers: [...one.histogram.matchers, { label: "le", op: "=" as const, value: one.le }],
      },
    },
    total: { metric: `${one.histogram.metric}_count`, matchers: one.histogram.matchers },
    op: "atLeast" as const,
    limit: one.limit,
  }));
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,10}$/);
const subject = {
  indicator: fc.constant("resource" as const),
  service: word,
  namespace: fc.option(word),
  container: fc.option(word),
};
const usage = {
  ...subject,
  resource: fc.constantFrom("memory" as const, "cpu" as const),
  stat: fc.constantFrom("peak" as const, "mean" as const),
};
const count = fc.integer({ min: 0, max: 1000 });
const resource = fc.oneof(
  fc.record({
    ...usage,
    atMost: fc.oneof(above0, fc.constantFrom(256 * 2 ** 20, 1e9, 2 ** 40, 1536)),
    ofLimit: fc.constant(false),
  }),
  fc.record({ ...usage, atMost: decimals(0.001, 1), ofLimit: fc.constant(true) }),
  fc.record({ ...subject, resource: fc.constant("throttling" as const), atMost: share }),
  fc.record({ ...subject, resource: fc.constantFrom("oomKills" as const, "restarts" as const), atMost: count }),
);
const query = fc.record({
  indicator: fc.constant("query" as const),
  promql: fc.constantFrom(
    "max_over_time(queue[$phase])",
    "max_over_time(queue[ $phase ])\n  / 2\n",
    "queue",
    "rate(x[5m])",
    'label_replace(max_over_time(x[$phase]), "a", "[{{.window}}]", "b", "[$phase]")',
    "max_over_time(x[$phase:1s]) > bool 5",
    "avg_over_time((((queue) <= bool 5))[$phase:1s])",
    "sum(increase(a[$phase])) # of it\n",
    "queue - queue offset $phase",
    "sum(increase(a[$phase])) / $phase",
  ),
  op: fc.constantFrom("atMost" as const, "atLeast" as const),
  limit: fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
});

const confidence = fc.oneof(
  fc.constant({ kind: "observed" as const }),
  fc.record({ kind: fc.constant("bounded" as const), level: decimals(0.5, 0.9999) }),
  fc.constant({ kind: "bounded" as const, level: 0.95 }),
);
const PLACE = { file: "o.yaml", line: 1, column: 1 };
const objective: fc.Arbitrary<Objective> = fc
  .tuple(
    fc.record({
      name: fc.oneof(
        fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/),
        fc.constantFrom("123", "true", "null", "a".repeat(100), "0x1", "a-", "."),
      ),
      gating: fc.boolean(),
      phase: fc.oneof(fc.constant("steady"), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/)),
      confidence,
    }),
    fc.oneof(latency, ratio, buckets, resource, query),
  )
  .map(([common, part]) => ({ ...common, name: common.name === "." ? "x" : common.name, place: PLACE, ...part }));
const file: fc.Arbitrary<ObjectivesFile> = fc.record({
  file: fc.constant("o.yaml"),
  service: fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,12}$/),
    fc.constantFrom("404", "true", "~x".slice(1)),
  ),
  coverage: fc.oneof(fc.constant(0.9), share),
  objectives: fc.uniqueArray(objective, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
});

function read(text: string): ObjectivesFile {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "problems")
    throw new Error(`${parsed.problems.map(({ message }) => message).join("\n")}\n${text}`);
  return { ...parsed.value, objectives: parsed.value.objectives.map((one) => ({ ...one, place: PLACE })) };
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const ANNOTATION = /^[a-z-]+\/[a-z]+$/;

/** The rules of OpenSLO's own tool (oslo 0.13.0) for what we write, and YAML 1.1, which it reads. */
function followsOslo(text: string): void {
  for (const document of parseAllDocuments(text, { version: "1.1" })) {
    const { apiVersion, kind, metadata, spec } = document.toJS();
    expect(document.errors).toEqual([]);
    expect({ apiVersion, kind }).toEqual({ apiVersion: "openslo/v1", kind: "SLO" });
    expect(metadata.name).toMatch(LABEL);
    for (const [key, held] of Object.entries(metadata.annotations)) {
      expect(key).toMatch(ANNOTATION);
      expect(held).toBeTypeOf("string");
    }
    const { service, indicator, timeWindow, budgetingMethod, objectives } = spec;
    expect(service).toBeTypeOf("string");
    expect(indicator.metadata.name).toMatch(LABEL);
    expect({ timeWindow, budgetingMethod }).toEqual({
      timeWindow: [{ duration: "28d", isRolling: true }],
      budgetingMethod: "Occurrences",
    });
    expect(objectives).toHaveLength(1);
    const { target, targetPercent, op, value } = objectives[0];
    expect(target ?? targetPercent / 100).toBeGreaterThanOrEqual(0);
    expect(target ?? targetPercent / 100).toBeLessThan(1);
    const isThreshold = "thresholdMetric" in indicator.spec;
    expect([typeof op, typeof value]).toEqual(isThreshold ? ["string", "number"] : ["undefined", "undefined"]);
  }
}

describe("what is written reads back as the very same objectives", () => {
  test.each([
    ["our own form", formatObjectives],
    ["OpenSLO", formatOpenSlo],
  ])("%s", (_form, format) => {
    fc.assert(
      fc.property(file, (written) => {
        expect(read(format(written))).toEqual(written);
      }),
      { numRuns: 150 },
    );
  });

  test("OpenSLO, by the rules of its own tool", () => {
    fc.assert(
      fc.property(file, (written) => followsOslo(formatOpenSlo(written))),
      { numRuns: 100 },
    );
  });

  test("from one form to the other and back the text stays", () => {
    const own = formatObjectives(read(GOOD));
    const openSlo = formatOpenSlo(read(GOOD));
    expect(formatOpenSlo(read(own))).toBe(openSlo);
    expect(formatObjectives(read(openSlo))).toBe(own);
  });
});
