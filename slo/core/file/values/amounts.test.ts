import { expect, test } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";

/** The one objective of these words. */
function read(text: string): unknown {
  const parsed = parseObjectives(`service: s\nobjectives: [{ name: n, ${text} }]\n`, "o.yaml");
  if (parsed.kind === "problems") throw new Error(`${text}: ${parsed.problems[0]?.message}`);
  return parsed.value.objectives[0];
}

const time = (text: string) => `latency: { histogram: h, percentile: 99, atMost: ${text} }`;
const memory = (text: string) => `resource: { service: a, memory: { atMost: ${text} } }`;
const cpu = (text: string) => `resource: { service: a, cpu: { atMost: ${text} } }`;
const share = (text: string) => `ratio: { good: a, total: b, atLeast: ${text} }`;
const query = (text: string) => `query: { promql: 'rate(x[$phase])', atMost: ${text} }`;

test.each([
  ["1us", 0.000001],
  ["1µs", 0.000001],
  ["1μs", 0.000001],
  ["1ms", 0.001],
  ["1s", 1],
  ["1m", 60],
  ["1h", 3600],
  ["1h1m1s1ms", 3661.001],
  ["0.03m", 1.8],
  ["0.13m", 7.8],
  ["1.1h", 3960],
  ["' 1m30s '", 90],
  ["00.50s", 0.5],
])("the time %s is %d s, to the bit", (text, atMost) => {
  expect(read(time(text))).toMatchObject({ atMost });
});

test.each([
  ["1B", 1],
  ["1kB", 1e3],
  ["1KB", 1e3],
  ["1MB", 1e6],
  ["1GB", 1e9],
  ["1TB", 1e12],
  ["1Ki", 1024],
  ["1KiB", 1024],
  ["1Mi", 1048576],
  ["1MiB", 1048576],
  ["1Gi", 1073741824],
  ["1GiB", 1073741824],
  ["1Ti", 1099511627776],
  ["1TiB", 1099511627776],
  ["2.01kB", 2010],
  ["1048576", 1048576],
  ["' 256 MiB '", 268435456],
])("the memory %s is %d bytes, to the bit", (text, atMost) => {
  expect(read(memory(text))).toMatchObject({ atMost, ofLimit: false });
});

test.each([
  ["' 500m '", 0.5, false],
  ["0.3m", 0.0003, false],
  ["2.5", 2.5, false],
  ["' 80 % '", 0.8, true],
])("the CPU %s is %d, of the limit: %s", (text, atMost, ofLimit) => {
  expect(read(cpu(text))).toMatchObject({ atMost, ofLimit });
});

test.each([
  ["0%", 0],
  ["100%", 1],
  ["' 99.9 % '", 0.999],
  ["0", 0],
  ["0.999", 0.999],
  ["0.29%", 0.0029],
])("the share %s is %d", (text, limit) => {
  expect(read(share(text))).toMatchObject({ limit });
});

test.each([
  ["50%", 0.5],
  ["0.5", 0.5],
  ["99.99%", 0.9999],
])("the confidence %s is a level of %d", (text, level) => {
  expect(read(`confidence: ${text}, ${share("99%")}`)).toMatchObject({ confidence: { kind: "bounded", level } });
});

test.each([
  ["1", 1],
  ["1000000", 1_000_000],
  ["' 2.5 '", 2.5],
])("the burst %s is %d requests", (text, burst) => {
  expect(read(`burst: ${text}, ${share("99%")}`)).toMatchObject({ burst });
});

test.each([
  ["1.5", 1.5],
  ["' p99.95 '", 99.95],
  ["99.999", 99.999],
])("the percentile %s is %d", (text, percentile) => {
  expect(read(`latency: { histogram: h, percentile: ${text}, atMost: 1s }`)).toMatchObject({ percentile });
});

test.each([
  ["'2e3'", 2000],
  ["'2e10'", 2e10],
  ["'2.25E-10'", 2.25e-10],
  ["' -7 '", -7],
])("the query's limit %s is %d", (text, limit) => {
  expect(read(query(text))).toMatchObject({ limit });
});

test.each([
  ["' 3 '", 3],
  ["2.0", 2],
])("%s restarts are %d", (text, atMost) => {
  expect(read(`resource: { service: a, restarts: { atMost: ${text} } }`)).toMatchObject({ atMost });
});
