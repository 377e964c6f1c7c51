import { describe, expect, it } from "vitest";
import { alike, readAlike } from "./read-alike.ts";

const up = { metric: "up", selector: 'up{job="api"}', from: 1, to: 2 };
const start = { metric: "start", selector: 'start{job="api"}', from: 1, to: 2 };
const series = (name?: string) => ({
  labels: { ...(name === undefined ? {} : { __name__: name }), job: "api" },
  times: [1],
  values: [1],
});

describe("requests that differ in their metric's name only", () => {
  it("are told from others", () => {
    expect(alike([up, start])).toBe(true);
    expect(
      alike([
        { ...up, selector: "up" },
        { ...start, selector: "start" },
      ]),
    ).toBe(true);
    expect(alike([up, { ...start, selector: "start" }])).toBe(false);
    expect(alike([up, { ...start, from: 0 }])).toBe(false);
    expect(alike([up, { ...start, to: 3 }])).toBe(false);
    expect(alike([{ ...up, selector: '{job="api"}' }])).toBe(false);
    expect(alike([])).toBe(false);
  });

  it.each([
    [[up, start], '{__name__=~"up|start",job="api"}[1001ms]'],
    [
      [
        { ...up, selector: "up" },
        { ...start, selector: "start" },
      ],
      '{__name__=~"up|start"}[1001ms]',
    ],
  ])("are one, and its answer is parted by name", async (requests, expected) => {
    const asked: string[] = [];
    const ask = async (promql: string) => {
      asked.push(promql);
      return { series: [series("start"), series("up")], warnings: [], remarks: [] };
    };
    expect(await readAlike(ask, requests)).toEqual([[series("up")], [series("start")]]);
    expect(asked).toEqual([expected]);
  });

  it("hide nothing that was not asked for: it is in each answer", async () => {
    const ask = async () => ({ series: [series("other"), series()], warnings: [], remarks: [] });
    const strange = [series("other"), series("")];
    expect(await readAlike(ask, [up, start])).toEqual([strange, strange]);
  });
});
