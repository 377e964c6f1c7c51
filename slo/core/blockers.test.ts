import { expect, it } from "vitest";
import { targetName, troubleReason } from "./blockers.ts";
import type { Trouble } from "./evidence.ts";

const AT = 1_795_365_000;
const gap = { kind: "gap", from: AT, to: AT + 90, atEdge: false } as const;
const GAP = "api a:1 was not scraped for 90 s from 16:30:00 UTC on, ";

it.each<[Trouble, string, string]>([
  [
    { kind: "restart", at: AT },
    "target-restarted",
    "api a:1 restarted by 16:30:00 UTC: what it counted between its last scrape and its end is lost.",
  ],
  [
    { kind: "reset", at: AT, metric: "calls_total" },
    "counts-lost",
    "calls_total of api a:1 fell at 16:30:00 UTC without a known restart: what it counted before is lost.",
  ],
  [
    { kind: "down", from: AT, to: AT + 5 },
    "target-down",
    "api a:1 could not be scraped between 16:30:00 and 16:30:05 UTC (up was 0); see why, and run again.",
  ],
  [{ ...gap, atEdge: true, process: "unchanged" }, "gap", `${GAP}over the edge of what is judged.`],
  [{ ...gap, process: "unchanged" }, "gap", `${GAP}and what a gauge was meanwhile is not seen.`],
  [{ ...gap, process: "changed" }, "gap", `${GAP}and its process changed meanwhile.`],
  [{ ...gap, process: "unknown" }, "gap", `${GAP}and whether its process stayed the same is not known.`],
  [
    { kind: "start-missing", first: AT },
    "edge-missing",
    "api a:1 has no successful scrape at or before the start, the first is at 16:30:00 UTC: what it counted until then is not known.",
  ],
  [
    { kind: "start-missing", first: null },
    "edge-missing",
    "api a:1 has no successful scrape at or before the start: what it counted until then is not known.",
  ],
  [
    { kind: "end-missing", last: AT },
    "edge-missing",
    "api a:1 has no successful scrape at or after the end, the last is at 16:30:00 UTC: what it counted since is not known.",
  ],
  [
    { kind: "start-unread" },
    "start-unread",
    "process_start_time_seconds of api a:1 is no time, or not told at its scrapes: whether it restarted is not known.",
  ],
  [
    { kind: "own-clock" },
    "no-clock",
    'api a:1 has no "up" with its samples\' times (federated or remotely written?): whether it was watched throughout is not known.',
  ],
])("%j is told with its cause", (trouble, code, text) => {
  expect(troubleReason(trouble, "api a:1")).toEqual({ code, text });
});

it("an end that no scrape came near is said without a time", () => {
  expect(troubleReason({ kind: "end-missing", last: null }, "api a:1")).toEqual({
    code: "edge-missing",
    text: "api a:1 has no successful scrape at or after the end: what it counted since is not known.",
  });
});

it("a target is named by what it has", () => {
  expect(targetName({ job: "api", instance: "a:1" })).toBe("api a:1");
  expect(targetName({ job: "", instance: "a:1" })).toBe("a:1");
  expect(targetName({ job: "", instance: "" })).toBe("A target without job and instance");
});
