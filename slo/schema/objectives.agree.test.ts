import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { GOOD } from "../core/file/fixtures/good.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";

const published: Record<string, unknown> = JSON.parse(
  readFileSync(new URL("objectives.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(published);

/** What JSON Schema cannot see, or not always: PromQL's own grammar, and two objectives of one name. */
const UNSEEN = [
  "histogram-le",
  "metric-name",
  "not-a-selector",
  "promql-result",
  "promql-string",
  "promql-syntax",
  "regex",
  "same-name",
  "burst-unused",
];

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const digits = fc.constantFrom(
  "0",
  "1",
  "5",
  "50",
  "99",
  "99.9",
  "100",
  "0.5",
  "0.001",
  "300",
  "1048576",
  "00",
  "007",
  "1.",
  ".5",
  "1e-3",
  "1e3",
  "-1",
  "0.0",
  "49.9",
  "0.95",
  "1.0",
  "256",
  "100.0",
  "100.1",
  "1000001",
  "1_000",
  "0x10",
  "+1",
  "5e-324",
  "1e-400",
);
const unit = fc.constantFrom(
  "",
  "%",
  " %",
  "ms",
  " s",
  "m",
  "h",
  "us",
  "µs",
  "μs",
  "d",
  "MiB",
  "MB",
  "mb",
  "B",
  "Gi",
  "G",
  "p",
  "s500ms",
  "h30m",
  "m1h",
  "m30",
);
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.tuple(digits, unit).map(([number, of]) => `${number}${of}`),
  digits.map((number) => `p${number}`),
  fc.constantFrom(
    0,
    1,
    0.5,
    0.95,
    0.999,
    99,
    99.9,
    100,
    -1,
    300,
    1048576,
    1048576.5,
    1e-7,
    1e21,
    1e300,
    2 ** 53,
    1_000_000,
    1_000_001,
    0.4999,
  ),
  fc.constantFrom<Json>(null, true, false, [], {}, ["x"], { x: 1 }),
  fc.constantFrom(
    "",
    " ",
    "x",
    "X",
    "observed",
    "peak",
    "mean",
    "steady",
    "a b",
    "-a",
    "a/b:c",
    "é",
    "x".repeat(101),
    "true",
    "null",
    'up{a="b"}',
    "x_bucket",
    "x_count{}",
    "\n",
    "5\n",
    " 300ms",
    "300ms ",
    "95%\n",
  ),
);
const name = fc.constantFrom(
  "service",
  "name",
  "phase",
  "gating",
  "confidence",
  "burst",
  "coverage",
  "latency",
  "ratio",
  "resource",
  "query",
  "bad",
  "good",
  "total",
  "atMost",
  "atLeast",
  "stat",
  "memory",
  "cpu",
  "x",
  "histogram",
  "percentile",
  "promql",
);

type Change = (value: Json) => Json;
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: leaf.map((value) => () => value) },
  { weight: 1, arbitrary: name.map((key) => (value: Json) => without(value, key)) },
  {
    weight: 2,
    arbitrary: fc.tuple(name, leaf).map(
      ([key, held]) =>
        (value: Json) =>
          isObject(value) ? { ...value, [key]: held } : value,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(name, name).map(
      ([from, to]) =>
        (value: Json) =>
          renamed(value, from, to),
    ),
  },
);

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function without(value: Json, key: string): Json {
  if (!isObject(value)) return value;
  const { [key]: _, ...rest } = value;
  return rest;
}

function renamed(value: Json, from: string, to: string): Json {
  if (!isObject(value) || value[from] === undefined) return value;
  return { ...(without(value, from) as object), [to]: value[from] };
}

/** Changes one place of the document; `path` picks it, a number each level, and ends where it says 0. */
function at(value: Json, [step, ...path]: readonly number[], how: Change): Json {
  if (step === undefined || step === 0) return how(value);
  if (Array.isArray(value)) {
    const index = step % Math.max(1, value.length);
    return value.map((one: Json, other) => (other === index ? at(one, path, how) : one));
  }
  if (!isObject(value)) return how(value);
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  return key === undefined ? how(value) : { ...value, [key]: at(value[key] ?? null, path, how) };
}

const good = parse(GOOD) as Json;
const path = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 6 });

test("schema and parser refuse the same files, but for what no schema can see", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(path, change), { minLength: 1, maxLength: 2 }), (changes) => {
      const document = changes.reduce((value, [where, how]) => at(value, where, how), good);
      const text = JSON.stringify(document);
      const parsed = parseObjectives(text, "o.yaml");
      const errors = parsed.kind === "ok" ? [] : parsed.problems.filter(({ severity }) => severity === "error");
      const seen = errors.filter(({ code }) => !UNSEEN.includes(code));
      // Refused for that alone, a file may be refused by the schema as well: it knows the plainest suffixes.
      if (errors.length > 0 && seen.length === 0) return;
      expect({ refused: !validate(JSON.parse(text)), text, why: validate.errors?.[0] ?? seen[0] }).toMatchObject({
        refused: seen.length > 0,
      });
    }),
    { numRuns: 3_000 },
  );
});
