import fc from "fast-check";
import type { Mutation, TellingMutation, WildMutation } from "./mutation.ts";

/** One run: a scene and what is done to its answers. */
export interface Case {
  readonly scene: number;
  readonly mutations: readonly Mutation[];
}

const answer = fc.nat(30);
const series = fc.nat(60);
const sample = fc.nat(60);
const kind = <Kind extends string>(name: Kind) => fc.constant(name);

const notJson = fc.constantFrom(
  "",
  " ",
  "<html><body>502 Bad Gateway</body></html>",
  "null",
  "true",
  "0",
  '""',
  "[]",
  "{}",
  "NaN",
  "undefined",
  '{"status":"success"}',
  '{"status":"success","data":null}',
  '{"status":"success","data":[]}',
  "\u0000",
  "{".repeat(1000),
  '{"status":"error","errorType":"execution","error":"query processing would load too many samples"}',
  '{"status":"error","errorType":"bad_data","error":"<script>\\u001b[31m"}',
  '{"status":"error"}',
  '{"__proto__":{"data":{"resultType":"matrix","result":[]}}}',
);

const odd = fc.constantFrom<unknown>(
  null,
  true,
  5,
  -1,
  "",
  "text",
  [],
  {},
  [null],
  [[]],
  [{}],
  [[1]],
  [[1, "1", 2]],
  undefined,
);

const envelopes = fc.oneof(
  fc.record({ path: fc.constantFrom(["data"], ["data", "result"], ["data", "result"]), value: odd }),
  fc.record({
    path: fc.constant(["data", "resultType"]),
    value: fc.constantFrom<unknown>("vector", "matrix", "scalar", "string", "streams", null, 1, undefined),
  }),
  fc.record({
    path: fc.constant(["warnings"]),
    value: fc.constantFrom<unknown>(["some blocks could not be read"], "text", {}, [null], [{}], 1, true),
  }),
  fc.record({
    path: fc.constant(["status"]),
    value: fc.constantFrom<unknown>("error", "fail", "", null, 500, {}, undefined),
  }),
  fc.record({ path: fc.constant(["isPartial"]), value: fc.constantFrom<unknown>(true, "true", 1) }),
);

const statuses = fc.constantFrom(
  201,
  204,
  206,
  301,
  302,
  304,
  307,
  400,
  401,
  403,
  404,
  405,
  413,
  418,
  422,
  429,
  500,
  502,
  503,
  504,
);

/** No number to Prometheus, or none that any metric here may have. */
const noValue = fc.constantFrom<unknown>(
  "NaN",
  "+Inf",
  "-Inf",
  "1e308",
  "1e999",
  "abc",
  "",
  "12,5",
  "0x1p3",
  "--1",
  "1_0",
  5,
  null,
  true,
  [],
  {},
  ["1"],
  "\u0661",
);

/** No bound that any bucket here has, and no rule. */
const noBound = fc.constantFrom<unknown>("-1e9", "0", 4, -1, "3", [0], undefined);

export const telling: fc.Arbitrary<TellingMutation> = fc.oneof(
  fc.record({ kind: kind("text"), answer, text: notJson }),
  fc.record({ kind: kind("cut"), answer, at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: kind("status"), answer, status: statuses }),
  envelopes.chain(({ path, value }) =>
    fc.record({ kind: kind("envelope"), answer, path: fc.constant(path), value: fc.constant(value) }),
  ),
  fc.record({ kind: kind("series"), answer, series, key: fc.constantFrom("metric", "values", "value"), value: odd }),
  fc.record({ kind: kind("crossed"), answer, with: answer }),
  fc.record({ kind: kind("histograms"), answer, series, value: odd }),
  fc.record({
    kind: kind("bucket"),
    answer,
    series,
    sample,
    place: fc.constantFrom(0, 1, 2, 3),
    value: fc.oneof(noBound, noValue),
  }),
  fc.record({ kind: kind("series-order"), answer }),
  fc.record({ kind: kind("sample-order"), answer, series, sample }),
  fc.record({ kind: kind("same-time"), answer, series, sample }),
  fc.record({
    kind: kind("time"),
    answer,
    series,
    sample,
    value: fc.constantFrom<unknown>(null, "1010", {}, -5, 1e18, "x", []),
  }),
  fc.record({ kind: kind("value"), answer, series, sample, value: noValue }),
  fc.record({ kind: kind("all-values"), answer, series, value: noValue }),
  fc.record({ kind: kind("twice"), answer, series }),
  fc.record({ kind: kind("all-twice"), label: fc.constantFrom("replica", "prometheus", "cluster") }),
  fc.record({ kind: kind("no-scrape"), sample }),
  fc.record({ kind: kind("no-clock"), series }),
  fc.record({ kind: kind("edges"), series, other: series }),
  fc.record({ kind: kind("edge"), series, value: fc.constantFrom("", "NaN", "abc", "-Inf", "1,5", "0x", "\u221e") }),
  fc.record({ kind: kind("shift"), answer, seconds: fc.constantFrom(-3600, -0.3, 0.001, 0.3, 0.7, 3600) }),
  fc.record({ kind: kind("frozen"), answer }),
);

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("<script>", "]]>", "\u001b[2J", "\u202e", "|", "`", "\n"),
);

export const wild: fc.Arbitrary<WildMutation> = fc.oneof(
  fc.record({
    kind: kind("bytes"),
    answer,
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    remove: fc.nat(12),
    insert: fc.oneof(fc.constantFrom(...'{}[]",:0-.eE'), fc.string({ unit: "binary", maxLength: 4 })),
  }),
  fc.record({
    kind: kind("any-value"),
    answer,
    series,
    sample,
    value: fc.oneof(fc.double().map(String), fc.integer().map(String), noValue),
  }),
  fc.record({
    kind: kind("label"),
    answer,
    series,
    name: fc.constantFrom("job", "instance", "le", "status_code", "__name__", "x"),
    value: hostile,
  }),
  fc.record({ kind: kind("no-series"), answer, series }),
  fc.record({ kind: kind("no-sample"), answer, series, sample }),
);

/** What happens to an answer on its way, whatever it says. */
export interface Accident {
  readonly answer: number;
  /** Cut off before it, half-way or by a length that is too short; said to be packed, which it is not. */
  readonly how: "gone" | "half" | "short" | "packed";
}

/** A case of which the answers travel. */
export interface TravellingCase extends Case {
  readonly accident: Accident | null;
}

/** Half of the cases tell by themselves that something is wrong; the others are anything. */
const mutations = fc.oneof(
  fc.array(telling, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(telling, wild), { minLength: 1, maxLength: 4 }),
);

export function cases(scenes: number): fc.Arbitrary<Case> {
  return fc.record({ scene: fc.nat(scenes - 1), mutations });
}

const accident = fc.record({ answer, how: fc.constantFrom("gone", "half", "short", "packed") });

export function travellingCases(scenes: number): fc.Arbitrary<TravellingCase> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.record({ scene: fc.nat(scenes - 1), mutations, accident: fc.constant(null) }) },
    { weight: 1, arbitrary: fc.record({ scene: fc.nat(scenes - 1), mutations: fc.constant([]), accident }) },
  );
}
