import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";
import { requiredEdges } from "./required-edges.ts";

test("requiredEdges: the limits of each histogram in seconds, rising, once each", () => {
  const latency = (name: string, histogram: string, atMost: string) =>
    `  - { name: ${name}, latency: { histogram: '${histogram}', percentile: 99, atMost: ${atMost} } }\n`;
  const text = `service: s\nobjectives:\n${latency("a", 'h{a="1"}', "1s")}${latency("b", 'h{a="2"}', "300ms")}${latency("c", "h", "0.3s")}${latency("d", "g", "2s")}  - { name: e, resource: { service: s, cpu: { atMost: 1 } } }\n`;
  const parsed = parseObjectives(text, "o.yaml");
  expect(parsed.kind === "ok" ? requiredEdges(parsed.value) : parsed.problems).toEqual({ h: [0.3, 1], g: [2] });
});
