import { expect, test } from "vitest";
import { nearest } from "./suggest.ts";

test.each<[string, readonly string[], string]>([
  ["atmost", ["atMost"], "atMost"],
  ["AT_MOST", ["atMost"], "atMost"],
  ["at-most", ["atMost"], "atMost"],
  ["at most", ["atMost"], "atMost"],
  ["cup", ["cpu"], "cpu"],
  ["gpu", ["cpu"], "cpu"],
  ["bda", ["bad"], "bad"],
  ["memry", ["cpu", "memory"], "memory"],
  ["memor", ["memory", "memor"], "memor"],
  ["prcntle", ["percentile"], "percentile"],
])("%s, known are %j: %s", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

test.each<[string, readonly string[]]>([
  ["gp", ["cpu"]],
  ["dba ", ["cpu"]],
  ["prcntl", ["percentile"]],
  ["anything", []],
  ["max", ["stat"]],
  ["x".repeat(10_000), ["atMost"]],
])("%s, known are %j: nothing is near", (word, known) => {
  expect(nearest(word, known)).toBeUndefined();
});

test("words of other tools, of which the first that is known counts", () => {
  const all =
    "atMost atLeast peak mean percentile histogram bad good total promql memory service objectives stat ratio";
  const meant = (words: string, known: string) =>
    words.split(" ").map((word) => `${word} ${nearest(word, known.split(" "))}`);
  expect(
    meant(
      "max maximum limit threshold target lessThan min minimum quantile metric error errors failed ok success",
      all,
    ),
  ).toEqual([
    "max atMost",
    "maximum atMost",
    "limit atMost",
    "threshold atMost",
    "target atMost",
    "lessThan atMost",
    "min atLeast",
    "minimum atLeast",
    "quantile percentile",
    "metric histogram",
    "error bad",
    "errors bad",
    "failed bad",
    "ok good",
    "success good",
  ]);
  expect(
    meant("all expr expression mem ram job app slos aggregate availability errorRate highest avg average", all),
  ).toEqual([
    "all total",
    "expr promql",
    "expression promql",
    "mem memory",
    "ram memory",
    "job service",
    "app service",
    "slos objectives",
    "aggregate stat",
    "availability ratio",
    "errorRate ratio",
    "highest peak",
    "avg mean",
    "average mean",
  ]);
  expect(meant("max maximum limit target", "peak atLeast")).toEqual([
    "max peak",
    "maximum peak",
    "limit atLeast",
    "target atLeast",
  ]);
  expect(meant("atLeast", "atMost")).toEqual(["atLeast atMost"]);
});
