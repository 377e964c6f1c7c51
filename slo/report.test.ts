import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderJson } from "./render/json.ts";
import { renderJunit } from "./render/junit.ts";
import { renderMarkdown } from "./render/markdown.ts";
import { folderWith, slo } from "./testing/command.ts";
import { evidence, objectivesText } from "./testing/explained.ts";
import { runFile } from "./testing/files.ts";
import { failed, notJudged, passed } from "./testing/reports.ts";

const edited = (change: object) => JSON.stringify({ ...failed, ...change });
const files = {
  "passed/report.json": renderJson(passed),
  "failed/report.json": renderJson(failed),
  "open/report.json": renderJson(notJudged),
  "cut/report.json": renderJson(failed).slice(0, 400),
  "odd/report.json": edited({ service: 7 }),
  "green/report.json": edited({ exitCode: 0 }),
  "healed/report.json": edited({ exitCode: 0, verdict: "pass" }),
  "none/run.json": "{}",
  "objectives.yaml": objectivesText,
  "whole/run.json": JSON.stringify(runFile),
  "whole/evidence.json": JSON.stringify(evidence),
};

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.folder = await folderWith(files);
});
afterAll(() => open.folder?.remove());

const run = (line: string) => slo(line.split(" "), { cwd: open.folder?.path ?? "" });

describe("slo report", () => {
  it.each([
    ["json", renderJson],
    ["junit", renderJunit],
    ["markdown", renderMarkdown],
  ] as const)("renders %s as slo check did", async (format, render) => {
    expect(await run(`report failed --format ${format} --output ${format}=out/${format}`)).toEqual({
      code: 1,
      stdout: render(failed),
      stderr: "",
    });
    expect(await readFile(join(open.folder?.path ?? "", "out", format), "utf8")).toBe(render(failed));
  });

  it("renders the page as slo check did, from the whole run folder", async () => {
    const checked = await run("check objectives.yaml --run whole --format html --output json=whole/report.json");
    expect(checked.stdout).toContain("<figure>");
    expect(await run("report whole --format html")).toEqual(checked);
  });

  it("renders the page of a report alone, and says what is not there", async () => {
    const { code, stdout, stderr } = await run("report failed --format html");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("Without charts: failed/evidence.json: the run&#39;s evidence does not exist");
    expect(stdout).toContain("Without load and fingerprint: failed/run.json: the run&#39;s file does not exist");
  });

  it("names the page where one is written: it is what people look at", async () => {
    const ran = await run("report passed --output json=out/r.json --output html=out/page.html");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout.trimEnd().split("\n").at(-1)).toBe("PASS  2 of 2 objectives met · report: out/page.html");
  });

  it.each([
    ["passed", 0, "PASS  2 of 2 objectives met · report: passed/report.json"],
    ["open", 3, "INCONCLUSIVE  1 of 2 objectives not judged: write-latency · report: open/report.json · next: "],
  ])("ends with the report's own exit code: %s", async (folder, code, last) => {
    const ran = await run(`report ${folder}`);
    expect(ran).toMatchObject({ code, stderr: "" });
    expect(ran.stdout.trimEnd().split("\n").at(-1)).toContain(last);
  });

  const shape = (folder: string) => `slo: ${folder}/report.json has not the shape it must have:\n  report.json: `;
  const mend = (folder: string) =>
    `\n     judge the run again: slo check OBJECTIVES --run ${folder} --output json=${folder}/report.json\n`;
  it.each([
    ["none", "slo: none/report.json: the run's report does not exist\n"],
    ["cut", "slo: cut/report.json is not JSON (cut short?): "],
    ["odd", `${shape("odd")}service must be a string${mend("odd")}`],
    ["green", `${shape("green")}exitCode must be 1 where verdict is "fail"${mend("green")}`],
    ["healed", `${shape("healed")}verdict must not be "pass" where errors is "fail"${mend("healed")}`],
  ])("refuses a report that is %s", async (folder, text) => {
    const ran = await run(`report ${folder}`);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(text);
  });

  it.each([
    ["report", "slo: slo report needs a run's folder\n     write it as: slo report results/latest\n"],
    [
      "report failed --output junit=failed/run.json",
      "slo: --output junit=failed/run.json would overwrite the run's run.json\n     name another file\n",
    ],
    ["report failed --fromat json", "slo: unknown flag --fromat\n     did you mean --format?\n"],
  ])("refuses `slo %s`", async (line, stderr) => {
    expect(await run(line)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("does not pass where an output cannot be written", async () => {
    const ran = await run("report passed --output json=passed/report.json/x");
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain("could not be written");
  });
});
