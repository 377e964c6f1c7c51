import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { load, project } from "./lib/load.ts";

const folder = mkdtempSync(join(tmpdir(), "proving-ground-input-"));
afterAll(() => rmSync(folder, { recursive: true }));
const good = `service: task-api
objectives:
  - name: errors
    ratio: { bad: 'x_total{code="500"}', total: x_total, atMost: 1% }
`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("what the user wrote wrong ends with 2, before any load, with its place", () => {
  test.each([
    ["no such file", ["--objectives", join(folder, "nowhere.yaml")], /nowhere\.yaml/],
    ["an empty file", ["--objectives", file("empty.yaml", "")], /empty\.yaml/],
    [
      "a wrong key",
      ["--objectives", file("key.yaml", good.replace("total:", "totl:"))],
      /key\.yaml:4:\d+.*totl[\s\S]*total/,
    ],
    ["a wrong unit", ["--objectives", file("unit.yaml", good.replace("1%", "1ms"))], /unit\.yaml:4:\d+/],
    [
      "a wrong duration",
      [
        "--objectives",
        file(
          "duration.yaml",
          good.replace(/ratio:.*/, "latency: { histogram: x_seconds, percentile: 99, atMost: 3 parsecs }"),
        ),
      ],
      /duration\.yaml:4:\d+/,
    ],
    ["an unknown profile", ["--profile", "avrage"], /there is no profile "avrage"; there are: smoke, average, soak/],
    ["an unknown option", ["--profle", "smoke"], /profle/],
    ["a rate of nothing", ["--rate", "0"], /--rate: "0" is not a whole number of requests per second/],
    ["a length of nothing", ["--duration", "soon"], /--duration: "soon" is not a duration/],
    [
      "a preload that is not there",
      ["--preload", join(folder, "nowhere.mjs")],
      /--preload: .*nowhere\.mjs cannot be read/,
    ],
    [
      "a preload into a container",
      ["--stack", "compose", "--preload", project("e2e/preloads/slow-reads.mjs")],
      /--stack compose: --preload loads a module into the API's process on this machine/,
    ],
    ["a stack that nobody knows", ["--stack", "podman"], /podman/],
  ])("%s", async (_what, args, message) => {
    const ended = await load(args);
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(readdirSync(ended.results)).toEqual([]);
  });
});

test("a results folder that cannot be made is exit 3, with its path", async () => {
  const blocked = join(file("not-a-folder", ""), "results");
  const ended = await load([], {}, blocked);
  expect(ended.code, ended.stderr).toBe(3);
  expect(ended.stderr).toContain(`cannot make the run folder ${blocked}`);
});

test("help names every option", async () => {
  const ended = await load(["--help"]);
  expect(ended.code).toBe(0);
  for (const option of [
    "profile",
    "rate",
    "duration",
    "objectives",
    "script",
    "stack",
    "keep",
    "anyway",
    "results",
    "preload",
  ]) {
    expect(ended.stdout).toContain(`--${option}`);
  }
});
