import { expect, test } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";

/** What an objective's refused amount is said to mean. */
function meant(text: string): string {
  const parsed = parseObjectives(`service: s\nobjectives: [{ name: n, ${text} }]\n`, "o.yaml");
  return parsed.kind === "ok" ? "nothing was wrong" : (parsed.problems[0]?.hint ?? "");
}

test.each([
  ["300 Ms", "300ms"],
  ["300 msec", "300ms"],
  ["300 msecs", "300ms"],
  ["300 milli", "300ms"],
  ["300 millis", "300ms"],
  ["300 millisecond", "300ms"],
  ["300 milli seconds", "300ms"],
  ["3 S", "3s"],
  ["3 sec", "3s"],
  ["3 secs", "3s"],
  ["3 seconds", "3s"],
  ["2 mins", "2m"],
  ["2 minute", "2m"],
  ["2 minutes", "2m"],
  ["2 hr", "2h"],
  ["2 hrs", "2h"],
  ["2 hour", "2h"],
  ["2 hours", "2h"],
  ["20 usec", "20us"],
  ["20 usecs", "20us"],
  ["20 micro", "20us"],
  ["20 micros", "20us"],
  ["20 microsecond", "20us"],
  ["20 microseconds", "20us"],
  ["20 nsec", "0.02us"],
  ["20 nsecs", "0.02us"],
  ["20 nano", "0.02us"],
  ["20 nanos", "0.02us"],
  ["20 nanosecond", "0.02us"],
  ["20 nanoseconds", "0.02us"],
  ["1 day", "24h"],
  ["0.1 days", "2.4h"],
])("the time %s may mean %s", (text, right) => {
  expect(meant(`latency: { histogram: h, percentile: 99, atMost: ${text} }`)).toBe(`did you mean ${right}?`);
});

test.each([
  ["5 b", "5B"],
  ["5 byte", "5B"],
  ["5 bytes", "5B"],
  ["5k", "5KiB or 5KB"],
  ["5 kb", "5kB"],
  ["5 kilobyte", "5kB"],
  ["5 kilo bytes", "5kB"],
  ["5 kib", "5KiB"],
  ["5 ki", "5KiB"],
  ["5 kibi bytes", "5KiB"],
  ["5 m", "5MiB or 5MB"],
  ["5 meg", "5MiB or 5MB"],
  ["5 megs", "5MiB or 5MB"],
  ["5 mega bytes", "5MB"],
  ["5 mi", "5MiB"],
  ["5 mebi byte", "5MiB"],
  ["5 g", "5GiB or 5GB"],
  ["5 gig", "5GiB or 5GB"],
  ["5 gigs", "5GiB or 5GB"],
  ["5 gb", "5GB"],
  ["5 giga bytes", "5GB"],
  ["5 gib", "5GiB"],
  ["5 gibibytes", "5GiB"],
  ["5 tb", "5TB"],
  ["5 tera bytes", "5TB"],
  ["5 tib", "5TiB"],
  ["5 ti", "5TiB"],
  ["5 tebibyte", "5TiB"],
])("the memory %s may mean %s", (text, right) => {
  expect(meant(`resource: { service: a, memory: { atMost: ${text} } }`)).toBe(`did you mean ${right}?`);
});

test.each([
  ["1 core", "1"],
  ["2 cpus", "2"],
  ["2 vCPU", "2"],
  ["500M", "500m"],
  ["500 milli", "500m"],
  ["500 millis", "500m"],
  ["500 millicores", "500m"],
  ["500 m core", "500m"],
  ["500 milli vcpus", "500m"],
])("the CPU %s may mean %s", (text, right) => {
  expect(meant(`resource: { service: a, cpu: { atMost: ${text} } }`)).toBe(`did you mean ${right}?`);
});

test.each([
  ["5 per cent", "5%"],
  ["5 pct", "5%"],
  ["5 permille", "0.5%"],
  ["5 per mille", "0.5%"],
])("the share %s may mean %s", (text, right) => {
  expect(meant(`ratio: { bad: a, total: b, atMost: ${text} }`)).toBe(`did you mean ${right}?`);
});

test.each(["5 dms", "5 smsecs", "5 xs", "5 mins ago", "5 hourly", "5 ushers", "5 xns", "5 daylight", "5 today"])(
  "the time %s means nothing",
  (text) => {
    expect(meant(`latency: { histogram: h, percentile: 99, atMost: ${text} }`)).toBe(
      "write us, ms, s, m or h, for example 300ms",
    );
  },
);

test.each(["5 kbit", "5 GBps", "5 xMB", "5 mibs", "5 tbx", "5 gigabit", "5 oki", "5 rib"])(
  "the memory %s means nothing",
  (text) => {
    expect(meant(`resource: { service: a, memory: { atMost: ${text} } }`)).toBe(
      "write MiB, GiB, MB or GB, for example 256MiB",
    );
  },
);

test.each(["5 scores", "5 coreset", "5 millipede", "5 xM", "5 Mx"])("the CPU %s means nothing", (text) => {
  expect(meant(`resource: { service: a, cpu: { atMost: ${text} } }`)).toBe(
    "write a number of cores, for example 0.5 or 500m",
  );
});

test.each(["5 percentile", "5 xpct", "5 ‰x", "5 x‰", "5 permilles"])("the share %s means nothing", (text) => {
  expect(meant(`ratio: { bad: a, total: b, atMost: ${text} }`)).toBe(
    "write per cent or a number below 1, for example 0.1%",
  );
});

test.each([
  ["5ns", "time"],
  ["5μs", "time"],
  ["5h", "time"],
  ["5MiB", "bytes"],
  ["5Ti", "bytes"],
  ["5GB", "bytes"],
])("the share %s measures %s", (text, measure) => {
  const parsed = parseObjectives(
    `service: s\nobjectives: [{ name: n, ratio: { bad: a, total: b, atMost: ${text} } }]\n`,
    "o.yaml",
  );
  expect(parsed).toMatchObject({
    problems: [{ message: `\`${text}\`: \`${text.slice(1)}\` measures ${measure}, not a share` }],
  });
});
