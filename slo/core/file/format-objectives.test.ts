import { expect, test } from "vitest";
import { GOOD } from "./fixtures/good.ts";
import { formatObjectives } from "./format-objectives.ts";
import { parseObjectives } from "./parse-objectives.ts";

function written(text: string): string {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "problems") throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return formatObjectives(parsed.value);
}

const file = (...items: readonly string[]) => `service: s\nobjectives:\n${items.map((one) => `  - ${one}\n`).join("")}`;

test("every indicator, without what is usual", () => {
  expect(written(GOOD)).toBe(`service: shop
coverage: 80%
objectives:
  - name: fast
    phase: peak
    latency: { histogram: 'http_seconds{job="shop",method=~"GET|HEAD"}', percentile: 99.9, atMost: 300ms }
  - name: errors
    gating: false
    ratio: { bad: 'http_total{job="shop",code=~"5.."}', total: 'http_total{job="shop"}', atMost: 0.1% }
  - name: served
    ratio: { good: 'http_total{code!~"5.."}', total: 'http_total', atLeast: 99.9% }
  - name: memory
    resource: { service: shop, memory: { atMost: 256MiB, stat: peak } }
  - name: cpu
    resource: { service: shop, cpu: { atMost: 0.5, stat: mean } }
  - name: queue
    confidence: observed
    query:
      promql: |
        max_over_time(queue_length[$phase])
          / 2
      atMost: 2
  - name: memory-share
    resource: { service: shop, memory: { atMost: 80%, stat: peak } }
  - name: throttled
    resource: { service: shop, throttling: { atMost: 5% } }
  - name: killed
    resource: { service: shop, namespace: live, container: app, oomKills: { atMost: 0 } }
  - name: restarted
    resource: { service: shop, restarts: { atMost: 1 } }
`);
});

const CPU = "resource: { service: s, cpu: { atMost: 1, stat: mean } }";

test.each([
  ["another confidence and a burst", "confidence: 99%, burst: 2.5", "\n    confidence: 99%\n    burst: 2.5"],
  ["the usual, said", "phase: steady, gating: true, confidence: 95.0%, burst: 1", ""],
])("%s", (_what, said, expected) => {
  const latency = "latency: { histogram: 'h', percentile: 99, atMost: 1s }";
  expect(written(file(`{ name: one, ${said}, ${latency} }`))).toBe(file(`name: one${expected}\n    ${latency}`));
});

test("the usual coverage, said, is left out", () => {
  expect(written(`coverage: 90%\n${file(`{ name: one, ${CPU} }`)}`)).toBe(file(`name: one\n    ${CPU}`));
});

test("words that YAML 1.1 takes for values stand in quotes, as numbers do", () => {
  const text = file(`name: "on"\n    phase: "off"\n    ${CPU}`, `name: "0x1"\n    phase: "12"\n    ${CPU}`);
  expect(written(text)).toBe(text);
});

test("CPU below what YAML writes without an exponent, and a share of the limit", () => {
  const text = file(
    'name: a\n    resource: { service: s, cpu: { atMost: "0.0000001", stat: mean } }',
    "name: b\n    resource: { service: s, cpu: { atMost: 50%, stat: peak } }",
  );
  expect(written(text)).toBe(text);
});

test("an indicator of more than 120 characters stands in lines of its own, however long they are", () => {
  const query = (name: string, letters: number, open: string, between: string, close: string) =>
    `name: ${name}\n    query:${open}promql: 'max_over_time(${"q".repeat(letters)}[$phase])'${between}atMost: 1${close}`;
  const text = file(
    query("fits", 73, " { ", ", ", " }"),
    query("not", 74, "\n      ", "\n      ", ""),
    query("long", 300, "\n      ", "\n      ", ""),
  );
  expect(written(text)).toBe(text);
});

test("PromQL with a backslash in single quotes, with what cannot be printed in double ones", () => {
  const text = file(
    String.raw`name: a
    query: { promql: 'sum_over_time(up{a=~"\\d''"}[$phase])', atMost: 1 }`,
    String.raw`name: b
    query: { promql: "sum_over_time(up{a='\a'}[$phase])", atMost: 1 }`,
    `name: c\n    query: { promql: "sum_over_time(up{a='\u2028'}[$phase])", atMost: 1 }`,
  );
  expect(written(text)).toBe(text);
});
