import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderJson } from "./render/json.ts";
import { folderWith, slo } from "./testing/command.ts";
import { evidence, objectivesText, report } from "./testing/explained.ts";
import { runFile } from "./testing/files.ts";

const folder = (name: string, change: object = {}) => ({
  [`${name}/run.json`]: JSON.stringify({ ...runFile, ...change }),
  [`${name}/report.json`]: renderJson(report),
  [`${name}/evidence.json`]: JSON.stringify(evidence),
});
const files = {
  ...folder("results/latest"),
  ...folder("mixed", { id: "another" }),
  "bare/report.json": renderJson(report),
  "objectives.yaml": objectivesText,
  "changed.yaml": objectivesText.replace("percentile: 99, atMost: 300ms", "percentile: 99, atMost: 200ms"),
};

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.folder = await folderWith(files);
});
afterAll(() => open.folder?.remove());

const run = (line: string) => slo(line.split(" "), { cwd: open.folder?.path ?? "" });

describe("slo explain", () => {
  it.each(["read-latency", "strict-latency", "rare-latency", "errors", "memory", "pool", "bursty-latency"])(
    "tells of %s from the folder alone, whatever its verdict",
    async (name) => {
      const stdout = await readFile(new URL(`render/golden/explain-${name}.txt`, import.meta.url), "utf8");
      expect(await run(`explain ${name}`)).toEqual({ code: 0, stdout, stderr: "" });
    },
  );

  it("shows the objective as its file has it, and that it changed since", async () => {
    const same = await run("explain strict-latency --objectives objectives.yaml");
    expect(same.stdout).toContain("objectives.yaml:5\n               |   - name: strict-latency\n");
    expect(same.stdout).not.toContain("As good as always");
    expect(same.stdout).not.toContain("changed since");
    const changed = await run("explain read-latency --objectives changed.yaml");
    expect(changed.stdout).toContain("the file has changed since: what was judged is above");
  });

  it.each([
    ["explain", "slo explain needs an objective's name\n     write it as: slo explain read-latency"],
    ["explain read-latncy", "results/latest/report.json has no objective read-latncy\n     did you mean read-latency?"],
    [
      "explain latency",
      "results/latest/report.json has no objective latency\n     did you mean between-latency or bursty-latency or rare-latency?",
    ],
    [
      "explain zzz",
      "results/latest/report.json has no objective zzz\n     it has: read-latency, strict-latency, rare-latency, between-latency, errors, memory, queue, pool, bursty-latency, slow",
    ],
    [
      "explain errors --run mixed",
      "mixed/report.json is of run 20261122-164000-ab12, its folder's run.json of another\n     judge the run again: slo check OBJECTIVES --run FOLDER",
    ],
    [
      "explain errors --run bare",
      "bare/run.json: the run's file does not exist\n     --run takes a run's folder, such as results/latest",
    ],
    [
      "explain errors --run none",
      "none/report.json: the run's report does not exist\n     a run's folder has it once slo check has judged the run, such as results/latest",
    ],
  ])("refuses `slo %s`", async (line, text) => {
    expect(await run(line)).toEqual({ code: 2, stdout: "", stderr: `slo: ${text}\n` });
  });
});
