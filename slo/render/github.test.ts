import { describe, expect, it } from "vitest";
import type { Report, ReportedObjective } from "../core/report.ts";
import * as reports from "../testing/reports.ts";
import { renderGithub } from "./github.ts";

const { passed, failed, notJudged, withoutData, unreached, invalid, hostile, failing, observed } = reports;
const all: [string, Report][] = Object.entries({ passed, failed, notJudged, withoutData, unreached, invalid, hostile });

/** As the runner reads it: ActionCommand.TryParseV2 of actions/runner. */
function parse(line: string): { level: string; properties: Record<string, string>; text: string } {
  const [, level = "", given = "", text = ""] = /^::([a-z]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  const data = (raw: string) => raw.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const property = (raw: string) =>
    raw
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const properties = given.split(",").map((one) => {
    const [name = "", ...value] = one.split("=");
    return [name, property(value.join("="))];
  });
  return { level, properties: Object.fromEntries(properties), text: data(text) };
}

const read = (report: Report) => renderGithub(report).trimEnd().split("\n").map(parse);
const many = (count: number, objective: ReportedObjective): ReportedObjective[] =>
  Array.from({ length: count }, (_, index) => ({ ...objective, name: `${objective.name}-${index}` }));

describe("renderGithub", () => {
  it.each(all)(
    "of `%s` has an error exactly when the exit code is not 0, and a notice only when it is",
    (_name, report) => {
      const levels = new Set(read(report).map(({ level }) => level));
      expect(levels.has("error")).toBe(report.exitCode !== 0);
      expect(levels.has("notice")).toBe(report.exitCode === 0);
    },
  );

  it("has an error for a run that is not met, whatever its parts say", () => {
    expect(read({ ...passed, verdict: "invalid", exitCode: 3, validity: [] })).toMatchObject([
      { level: "error", properties: { title: "INVALID task-api" } },
    ]);
  });

  it("stands at the objective's line", () => {
    expect(read(failed)[0]).toEqual({
      level: "error",
      properties: { file: "objectives.yaml", line: "6", col: "5", title: "FAIL errors" },
      text: `${failing.reason.text}\nlimit ≤ 0.1 %, measured 3.42 %, bad 410 of 12\u202f000, phase steady`,
    });
  });

  it("keeps what it shows from being a command or a property", () => {
    const name = "50%,file=/etc/passwd::x\r\n::error::y\u001b[31m";
    const place = { file: "a,line=9:b%2C.yaml", line: 3, column: 1 };
    const text = "100%25\n::set-output name=x::y";
    const report = { ...failed, objectives: [{ ...failing, name, place, reason: { code: "x", text } }] };
    const rendered = renderGithub(report);
    expect(rendered.trimEnd().split("\n")).toHaveLength(1);
    expect(read(report)).toMatchObject([
      {
        properties: {
          file: "a,line=9:b%2C.yaml",
          line: "3",
          col: "1",
          title: "FAIL 50%,file=/etc/passwd::x ::error::y␛[31m",
        },
        text: expect.stringContaining("100%25 ::set-output name=x::y\nlimit"),
      },
    ]);
  });

  it.each([
    [10, 10, null],
    [11, 10, "2 more errors not shown here"],
    [500, 10, "491 more errors not shown here"],
  ])("shows of %i errors %i, and says how many are left", (count, shown, said) => {
    const errors = read({ ...failed, objectives: many(count, failing) }).filter(({ level }) => level === "error");
    expect(errors).toHaveLength(shown);
    expect(errors.filter(({ properties }) => properties.file !== undefined)).toHaveLength(said === null ? 10 : 9);
    if (said !== null) expect(errors.at(-1)?.text).toContain(said);
  });

  it("makes of an advisory objective a warning, of which it shows ten as well", () => {
    const advisory = many(30, { ...observed, verdict: "fail" });
    const lines = read({ ...passed, objectives: [...passed.objectives, ...advisory] });
    expect(lines.filter(({ level }) => level === "warning")).toHaveLength(10);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(0);
    expect(lines[0]?.properties.title).toBe("FAIL api-memory-0 (advisory)");
  });
});
