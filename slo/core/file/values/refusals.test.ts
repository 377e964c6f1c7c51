import { expect, test } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";

/** The only problem of one objective: its message and hint. */
function refusal(text: string): readonly [string, string] {
  const parsed = parseObjectives(`service: s\nobjectives: [{ name: n, ${text} }]\n`, "o.yaml");
  const [problem, ...more] = parsed.kind === "ok" ? [] : parsed.problems;
  expect([problem?.severity, more]).toEqual(["error", []]);
  return [problem?.message ?? "", problem?.hint ?? ""];
}

const USUAL = "write, for example, 300ms";

test.each([
  ["'+300ms'", "`+300ms` is not a time: leave out the plus sign", USUAL],
  ["'>= 300ms'", "`>= 300ms` is not a time: leave out the comparison, which the key says", USUAL],
  ["≤300ms", "`≤300ms` is not a time: leave out the comparison, which the key says", USUAL],
  ["' -300ms '", "`-300ms` is not a time: it is negative", USUAL],
  [".inf", "`.inf` is not a time: it is not finite", USUAL],
  ["Infinity", "`Infinity` is not a time: it is not finite", USUAL],
  ["nan", "`nan` is not a time: it is not finite", USUAL],
  ["0x10", "`0x10` is not a time: numbers are decimal", USUAL],
  ["'10,5ms'", "`10,5ms` is not a time: the decimal separator is a point", USUAL],
  ["',5ms'", "`,5ms` is not a time: the decimal separator is a point", USUAL],
  ["info", "`info` is not a time", USUAL],
  ["xinf", "`xinf` is not a time", USUAL],
  ["t-1", "`t-1` is not a time", USUAL],
  ["t+1", "`t+1` is not a time", USUAL],
  ["t<1", "`t<1` is not a time", USUAL],
  ["t.5", "`t.5` is not a time", USUAL],
  ["x0x1", "`x0x1` is not a time", USUAL],
  ["'t0,3'", "`t0,3` is not a time", USUAL],
  ["' 0 s '", "`0 s` is no limit that a request can meet", "write a time above 0"],
  ["' 3 x '", "`3 x`: `x` is no unit of time", "write us, ms, s, m or h, for example 300ms"],
])("the time %s", (text, ...expected) => {
  expect(refusal(`latency: { histogram: h, percentile: 99, atMost: ${text} }`)).toEqual(expected);
});

test.each([
  ["1048575", "`1048575` has no unit", "write 1048575MiB, or 1048575B if bytes are meant"],
  ["' 0MiB '", "`0MiB` is no budget that a process can meet", "write an amount above 0"],
  ["' 0% '", "`0%` is no budget that a container can meet", "write a share above 0%"],
  ["most%", "`most%` is not a share", "write, for example, 80%"],
  ["150%", "`150%` is more than 100%", "write at most 100%"],
])("the memory %s", (text, ...expected) => {
  expect(refusal(`resource: { service: a, memory: { atMost: ${text} } }`)).toEqual(expected);
});

test("no CPU", () => {
  expect(refusal("resource: { service: a, cpu: { atMost: ' 0m ' } }")).toEqual([
    "`0m` is no budget that a process can meet",
    "write a number above 0",
  ]);
});

test.each([
  ["few", "`few` is not a share", "write, for example, 0.1%"],
  ["100", "`100` is not below 1, so it is no share", "did you mean 100%? Then write the per cent sign"],
  ["1000", "`1000` is not below 1, so it is no share", "write, for example, 0.1%"],
  ["' 100.1% '", "`100.1%` is more than 100%", "write at most 100%"],
])("the share %s", (text, ...expected) => {
  expect(refusal(`ratio: { bad: a, total: b, atMost: ${text} }`)).toEqual(expected);
});

test.each([
  ["high", "`high` is not a share", "write, for example, 95%, 0.95 or observed"],
  ["0bserved", "`0bserved` is no confidence", "did you mean `observed`?"],
  ["49.9%", "a confidence of `49.9%` proves nothing", "write 50% or more; 95% is usual"],
  ["100%", "a confidence of `100%` proves nothing", "no number of requests proves 100%; 95% is usual"],
])("the confidence %s", (text, ...expected) => {
  expect(refusal(`confidence: ${text}, ratio: { bad: a, total: b, atMost: 1% }`)).toEqual(expected);
});

test.each([
  ["' 0.5 '", "`0.5` is no number of requests that come together", "1 means that bad requests come singly"],
  ["1000001", "`1000001` is no number of requests that come together", "write 1000000 at most"],
  ["' 5 requests '", "`5 requests`: a burst is a number of requests, without a unit", "write, for example, 5"],
])("the burst %s", (text, ...expected) => {
  expect(refusal(`burst: ${text}, ratio: { bad: a, total: b, atMost: 1% }`)).toEqual(expected);
});

test.each([
  ["-99", "`-99` is not a percentile", "write, for example, 99 or 99.9"],
  ["'99,95'", "`99,95` is not a percentile", "write, for example, 99 or 99.9"],
  ["' 99.95th '", "`99.95th` is not a percentile", "write 99.95"],
  ["0.999", "`0.999` is too small: percentiles are per cent", "did you mean 99.9?"],
])("the percentile %s", (text, ...expected) => {
  expect(refusal(`latency: { histogram: h, percentile: ${text}, atMost: 1s }`)).toEqual(expected);
});

const UNIT = "a query's limit is in whatever the query yields: seconds, bytes or a share as a plain number";

test.each([
  ["2 s", "`2 s`: the limit of a query has no unit", UNIT],
  ["20ms", "`20ms`: the limit of a query has no unit", UNIT],
  ["2.55s", "`2.55s`: the limit of a query has no unit", UNIT],
  ["10x", "`10x`: the limit of a query has no unit", UNIT],
  ["10x0x", "`10x0x`: the limit of a query has no unit", UNIT],
  ["0X1F", "`0X1F` is not a finite decimal number", "write, for example, 2 or 0.5"],
  ["at 2s", "`at 2s` is not a finite decimal number", "write, for example, 2 or 0.5"],
  ["' .inf '", "`.inf` is not a finite decimal number", "write, for example, 2 or 0.5"],
])("the query's limit %s", (text, ...expected) => {
  expect(refusal(`query: { promql: 'rate(x[$phase])', atMost: ${text} }`)).toEqual(expected);
});

test.each([
  ["' 1.5 '", "`1.5` is no whole number", "write, for example, 0"],
  ["1 time", "`1 time`: `time` is no unit of a count", "write a plain whole number, for example 0"],
])("the restarts %s", (text, ...expected) => {
  expect(refusal(`resource: { service: a, restarts: { atMost: ${text} } }`)).toEqual(expected);
});

test("a statistic that is like none", () => {
  expect(refusal("resource: { service: a, memory: { atMost: 1GiB, stat: p99 } }")).toEqual([
    "`p99` is no statistic",
    "write `peak` or `mean`",
  ]);
});

test.each([
  ["on", "write true, without quotes"],
  ["1", "write true, without quotes"],
  ['"true"', "write true, without quotes"],
  ["off", "write false, without quotes"],
  ["n", "write false, without quotes"],
  ["'FALSE'", "write false, without quotes"],
  ["eyes", "write true or false"],
  ["yesterday", "write true or false"],
  ["piano", "write true or false"],
  ["not", "write true or false"],
])("the flag %s", (text, hint) => {
  const said = text.replaceAll(/["']/g, "");
  expect(refusal(`gating: ${text}, ratio: { bad: a, total: b, atMost: 1% }`)).toEqual([
    `\`${said}\` is not true or false`,
    hint,
  ]);
});

test.each([
  ["x".repeat(101), "this name of an objective is 101 characters long", "write at most 100 characters"],
  [
    "' Crème  brûlée!! '",
    "` Crème  brûlée!! ` is no name of an objective",
    "a name is made of small letters, digits, `-`, `_` and `.`: write creme-brulee",
  ],
  [
    "'..x--'",
    "`..x--` is no name of an objective",
    "a name is made of small letters, digits, `-`, `_` and `.`: write x",
  ],
])("the name %s", (name, ...expected) => {
  const parsed = parseObjectives(
    `service: s\nobjectives: [{ name: ${name}, ratio: { bad: a, total: b, atMost: 1% } }]\n`,
    "o.yaml",
  );
  expect(parsed.kind === "problems" && parsed.problems.map(({ code, message, hint }) => [code, message, hint])).toEqual(
    [["bad-name", ...expected]],
  );
});

test("a name of a hundred characters is read", () => {
  const text = `service: s\nobjectives: [{ name: ${"x".repeat(100)}, ratio: { bad: a, total: b, atMost: 1% } }]\n`;
  expect(parseObjectives(text, "o.yaml").kind).toBe("ok");
});
