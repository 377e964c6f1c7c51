import { describe, expect, test } from "vitest";
import { TOOLS } from "./table.ts";
import { serves } from "./version.ts";

describe.each(Object.entries(TOOLS))("%s", (name, tool) => {
  test("is under its own name, in a version that serves", () => {
    expect([tool.name, serves(tool, tool.version)]).toEqual([name, true]);
  });

  test("is looked for before it is brought, and built only as the last resort", () => {
    expect(tool.how.slice(0, 3)).toEqual(["path", "cache", "release"]);
    expect(tool.how.indexOf("gomodule")).toBe(tool.module === null ? -1 : tool.how.length - 1);
  });

  test("goes the way of Debian only where Debian has it", () => {
    expect(tool.how.includes("debian")).toBe(tool.debian !== null);
  });
});

test.each(Object.values(TOOLS).flatMap(({ module }) => module ?? []))("$path is pinned by its hash", ({ sum }) => {
  expect(sum).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
});

test.each([
  [TOOLS.k6, "linux", "x64", "k6-v2.2.0-linux-amd64.tar.gz", "k6-v2.2.0-linux-amd64/k6"],
  [TOOLS.k6, "darwin", "arm64", "k6-v2.2.0-macos-arm64.zip", "k6-v2.2.0-macos-arm64/k6"],
  [TOOLS.promtool, "linux", "arm64", "prometheus-3.16.0.linux-arm64.tar.gz", "prometheus-3.16.0.linux-arm64/promtool"],
  [
    TOOLS.prometheus2,
    "linux",
    "x64",
    "prometheus-2.55.1.linux-amd64.tar.gz",
    "prometheus-2.55.1.linux-amd64/prometheus",
  ],
  [
    TOOLS.prometheus,
    "darwin",
    "x64",
    "prometheus-3.16.0.darwin-amd64.tar.gz",
    "prometheus-3.16.0.darwin-amd64/prometheus",
  ],
] as const)("$0.name on %s %s", ({ release }, platform, arch, archive, program) => {
  const machine = { platform, arch };
  expect([release.archive(machine), release.program(machine)]).toEqual([archive, program]);
});
