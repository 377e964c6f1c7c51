import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** The first problem's message and hint, of one objective. */
function refusal(text: string): readonly [string, string] {
  const parsed = parseObjectives(`service: s\nobjectives: [{ name: n, ${text} }]\n`, "o.yaml");
  const [problem] = parsed.kind === "ok" ? [] : parsed.problems;
  return [problem?.message ?? "", problem?.hint ?? ""];
}

const TIMES = "write us, ms, s, m or h, for example 300ms";
const SHARES = "write per cent or a number below 1, for example 0.1%";

test.each([
  ["300", "`300` has no unit", "write 300ms or 300s: a time needs us, ms, s, m or h"],
  ["1 second", "`1 second`: `second` is no unit of time", "did you mean 1s?"],
  ["300MS", "`300MS`: `MS` is no unit of time", "did you mean 300ms?"],
  ["500milliseconds", "`500milliseconds`: `milliseconds` is no unit of time", "did you mean 500ms?"],
  ["2 min", "`2 min`: `min` is no unit of time", "did you mean 2m?"],
  ["500ns", "`500ns`: `ns` is no unit of time", "did you mean 0.5us?"],
  ["2d", "`2d`: `d` is no unit of time", "did you mean 48h?"],
  ["30s1m", "`30s1m`: `s1m` is no unit of time", TIMES],
  ["5%", "`5%`: `%` measures a share, not time", TIMES],
  ["256MiB", "`256MiB`: `MiB` measures bytes, not time", TIMES],
  ["<300ms", "`<300ms` is not a time: leave out the comparison, which the key says", "write, for example, 300ms"],
  [".5s", "`.5s` is not a time: a digit stands before the point", "write 0.5s"],
  ["'0,3s'", "`0,3s` is not a time: the decimal separator is a point", "write, for example, 300ms"],
  ["0ms", "`0ms` is no limit that a request can meet", "write a time above 0"],
])("the time %s", (text, ...expected) => {
  expect(refusal(`latency: { histogram: h, percentile: 99, atMost: ${text} }`)).toEqual(expected);
});

test.each([
  ["256", "`256` has no unit", "write 256MiB, or 256B if bytes are meant"],
  ["256M", "`256M`: `M` is no unit of bytes", "did you mean 256MiB or 256MB?"],
  ["256mb", "`256mb`: `mb` is no unit of bytes", "did you mean 256MB?"],
  ["1 gigabyte", "`1 gigabyte`: `gigabyte` is no unit of bytes", "did you mean 1GB?"],
  ["256 mebibytes", "`256 mebibytes`: `mebibytes` is no unit of bytes", "did you mean 256MiB?"],
  ["300ms", "`300ms`: `ms` measures time, not bytes", "write MiB, GiB, MB or GB, for example 256MiB"],
  ["-1GiB", "`-1GiB` is not an amount of memory: it is negative", "write, for example, 256MiB"],
])("the memory %s", (text, ...expected) => {
  expect(refusal(`resource: { service: a, memory: { atMost: ${text} } }`)).toEqual(expected);
});

test.each([
  ["2 cores", "`2 cores`: `cores` is no unit of cores", "did you mean 2?"],
  ["500mCPU", "`500mCPU`: `mCPU` is no unit of cores", "did you mean 500m?"],
  ["1GHz", "`1GHz`: `GHz` is no unit of cores", "write a number of cores, for example 0.5 or 500m"],
])("the CPU %s", (text, ...expected) => {
  expect(refusal(`resource: { service: a, cpu: { atMost: ${text} } }`)).toEqual(expected);
});

test.each([
  ["5", "`5` is not below 1, so it is no share", "did you mean 5%? Then write the per cent sign"],
  ["5 percent", "`5 percent`: `percent` is no unit of a share", "did you mean 5%?"],
  ["5‰", "`5‰`: `‰` is no unit of a share", "did you mean 0.5%?"],
  ["101%", "`101%` is more than 100%", "write at most 100%"],
  ["1/1000", "`1/1000`: `/1000` is no unit of a share", SHARES],
])("the share %s", (text, ...expected) => {
  expect(refusal(`ratio: { bad: a, total: b, atMost: ${text} }`)).toEqual(expected);
});

test.each([
  ["99th", "`99th` is not a percentile", "write 99"],
  ["99%", "`99%`: a percentile has no unit", "write 99"],
  ["0.99", "`0.99` is too small: percentiles are per cent", "did you mean 99?"],
  ["100", "`100` is not between 0 and 100", "no number of requests proves all of them; write 99.9 or less"],
])("the percentile %s", (text, ...expected) => {
  expect(refusal(`latency: { histogram: h, percentile: ${text}, atMost: 1s }`)).toEqual(expected);
});
