import { describe, expect, it } from "vitest";
import { evidenceOf, fileOf, judged, resource, runFile, target } from "./fixtures/scene.ts";
import { highWater } from "./gauge.ts";

describe("samples that are no numbers", () => {
  it.each<[string, "memory" | "cpu", string]>([
    ["of memory", "memory", "process_resident_memory_bytes"],
    ["of CPU", "cpu", "process_cpu_seconds_total"],
  ])("%s leave evidence that a file can hold", (_what, kind, metric) => {
    const sources = [{ labels: { __name__: metric }, at: (time: number) => (time > 1010 ? Number.NaN : 1) }];
    const objective = resource({ resource: kind, stat: kind === "cpu" ? "mean" : "peak" });
    const { resources } = evidenceOf(fileOf(objective), runFile(), { targets: [target([], { sources })] });
    expect(JSON.parse(JSON.stringify(resources))).toEqual(resources);
    expect(judged(objective, [target([], { sources })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "bad-value" },
    });
  });
});

it("a counter of CPU too large to tell one second from the next is not taken for one that stands still", () => {
  const cpu = (value: number) =>
    judged(resource({ resource: "cpu", stat: "mean" }), [
      target([], { sources: [{ labels: { __name__: "process_cpu_seconds_total" }, at: () => value }] }),
    ]);
  expect(cpu(2 ** 53 - 1).verdict).toBe("pass");
  expect(cpu(2 ** 53)).toMatchObject({
    verdict: "inconclusive",
    reason: { code: "bad-value", text: expect.stringContaining("9007199254740992, which cannot be") },
  });
});

it("a mark that was seen after the phase only is none of its start", () => {
  const source = { metric: "peak_bytes", measure: "RSS", comparable: true } as const;
  expect(highWater(new Map([[30_000, 5]]), source, { name: "steady", from: 10, to: 20, quiet: false })).toEqual({
    ...source,
    atStart: null,
    beforeEnd: null,
    atEnd: 5,
  });
});
