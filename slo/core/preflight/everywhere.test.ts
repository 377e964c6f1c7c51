import { describe, expect, it } from "vitest";
import { errors, selector } from "../fixtures/scene.ts";
import type { SeenSeries } from "./facts.ts";
import { amiss, series } from "./fixtures/amiss.ts";
import { API, seen } from "./fixtures/system.ts";

const at = (instance: string, metric: string, labels: Readonly<Record<string, string>> = {}): SeenSeries =>
  seen(metric, { ...labels, instance });
const TWO = { targets: ["api-1", "api-2"].map((instance) => ({ ...API, labels: { job: "api", instance } })) };
const ratio = (bad: string, total: string) =>
  errors({ total: selector(total), part: { kind: "bad", selector: selector(bad) } });

function said(bad: string, total: string, ...all: SeenSeries[]): string[] {
  return amiss({ objective: ratio(bad, total), plan: null, facts: { ...TWO, ...series(...all) } });
}

const BAD = 'failed_total{job="api",kind="a"}';
const ALL = 'all_total{job="api"}';
const LACKS = (text: string, names: string) =>
  `unknown 0 labels: each target of ${ALL} knows ${text}; not ${names}, where requests would be no data; let the service export it from its start, at 0`;
const both = [at("api-1", "all_total"), at("api-2", "all_total")];

describe("what must be known at every target", () => {
  it.each<[string, () => string[], string[]]>([
    [
      "a part that each has",
      () => said(BAD, ALL, ...both, ...["api-1", "api-2"].map((one) => at(one, "failed_total", { kind: "b" }))),
      [],
    ],
    [
      "a part that one has not",
      () => said(BAD, ALL, ...both, at("api-1", "failed_total", { kind: "a" })),
      [LACKS(BAD, "api api-2")],
    ],
    [
      "a part of no label that one has not",
      () => said("failed_total", "all_total", ...both, at("api-1", "failed_total")),
      [
        "unknown 0 labels: each target of all_total knows failed_total; not api api-2, where requests would be no data; let the service export it from its start, at 0",
      ],
    ],
    [
      "a part that one has not, and what is not known besides",
      () =>
        amiss({
          objective: ratio(BAD, ALL),
          plan: null,
          facts: {
            targets: TWO.targets.map((one) => ({ ...one, interval: null })),
            ...series(...both, at("api-1", "failed_total", { kind: "a" })),
          },
        }),
      [
        "unknown 0 scrapes: the interval between scrapes; not known yet; two scrapes tell it: try again later",
        LACKS(BAD, "api api-2"),
      ],
    ],
    [
      "a label that one has not",
      () =>
        said(BAD, ALL, ...both, at("api-1", "failed_total", { kind: "a" }), at("api-2", "failed_total", { sort: "a" })),
      [LACKS(BAD, "api api-2")],
    ],
    [
      "a label that none of two targets has on all of its series",
      () =>
        said(
          BAD,
          ALL,
          ...both,
          ...["api-1", "api-2"].flatMap((one) => [at(one, "failed_total"), at(one, "failed_total", { kind: "a" })]),
        ),
      [],
    ],
    [
      "a label that may be absent",
      () =>
        said('failed_total{job="api",kind=""}', ALL, ...both, at("api-1", "failed_total"), at("api-2", "failed_total")),
      [],
    ],
    [
      "a part that is where its total is not",
      () =>
        said('failed_total{job="proxy"}', ALL, ...both, at("p-1", "failed_total", { job: "proxy" })).filter((line) =>
          line.includes("labels"),
        ),
      [],
    ],
    [
      "a target whose series the total does not count",
      () =>
        said(
          BAD.replace("job", 'path="/",job'),
          'all_total{job="api",path="/"}',
          at("api-1", "all_total", { path: "/" }),
          at("api-2", "all_total", { path: "/x" }),
          at("api-1", "failed_total", { kind: "a", path: "/" }),
        ),
      [],
    ],
    [
      "a metric that none has, said once",
      () => said(BAD, ALL, ...both),
      [
        'unknown 0 metric: failed_total exists at job="api"; there is no series of it; see its spelling; else it may come with the first request',
      ],
    ],
    [
      "a misspelt label, said once",
      () => said(BAD, ALL, ...both, at("api-1", "failed_total", { kid: "a" })),
      [
        "problem 2 labels: failed_total has the labels job and kind; it has no kind, but instance, job and kid; did you mean kid?",
      ],
    ],
  ])("%s", (_what, lines, expected) => {
    expect(lines()).toEqual(expected);
  });
});
