import { describe, expect, test } from "vitest";
import { TOOLS } from "./table.ts";
import { compare, parseVersion, serves, servesText } from "./version.ts";

describe("parseVersion", () => {
  test.each([
    ["k6", "k6 v2.2.0 (go1.26.8, linux/amd64)\n", "2.2.0"],
    ["k6", "k6 v2.2.0 (commit/devel, go1.26.8, linux/amd64)\nExtensions:\n  github.com/x v9.9.9\n", "2.2.0"],
    ["k6", "k6 v2.3.0-rc1 (go1.26.8)", "2.3.0-rc1"],
    ["prometheus", "prometheus, version 3.5.3+ds1 (branch: debian/sid, revision: 3.5.3+ds1-6)", "3.5.3"],
    ["promtool", "promtool, version 3.16.0 (branch: , revision: unknown)", "3.16.0"],
    ["prometheus", "prometheus, version  (branch: , revision: unknown)\n  go version: go1.26.8", null],
    ["k6", "built-k6 v2.2.0 (go1.26.8)", null],
    ["k6", "", null],
    [
      "actionlint",
      "v1.7.12\ninstalled by building from source\nbuilt with go1.26.8 compiler for linux/amd64\n",
      "1.7.12",
    ],
    ["k6", "no such command\n2.2.0\n", null],
  ])("%s: %j", (name, output, version) => {
    expect(parseVersion(name, output)).toBe(version);
  });
});

describe("serves", () => {
  test.each([
    ["k6", "2.2.0", true],
    ["k6", "2.2.9", true],
    ["k6", "2.10.0", false],
    ["k6", "2.1.9", false],
    ["k6", "2.2.1-rc1", false],
    ["prometheus", "3.0.0", true],
    ["prometheus", "3.16.0", true],
    ["prometheus", "2.55.1", false],
    ["prometheus", "4.0.0", false],
    ["prometheus2", "2.42.0", true],
    ["prometheus2", "2.39.1", false],
    ["prometheus2", "3.5.3", false],
  ] as const)("%s %s: %s", (name, version, answer) => {
    expect(serves(TOOLS[name], version)).toBe(answer);
  });
});

test("versions compare as numbers, not as text", () => {
  expect(["3.9.0", "3.16.0", "3.5.3"].toSorted(compare)).toEqual(["3.5.3", "3.9.0", "3.16.0"]);
});

test("what serves, for people", () => {
  expect([servesText(TOOLS.k6), servesText(TOOLS.prometheus)]).toEqual(["2.2.x", "3.x"]);
});
