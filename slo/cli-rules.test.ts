import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { rulesShape } from "./io/files/shapes/rules.ts";
import { sloFolder } from "./testing/cli.ts";

let folder: Awaited<ReturnType<typeof sloFolder>>;
beforeAll(async () => {
  folder = await sloFolder();
});
afterAll(() => folder.remove());
const slo: typeof folder.slo = (...line) => folder.slo(...line);

describe("slo rules", () => {
  it("shows a rule file, of a service in any form", async () => {
    const { code, stdout, stderr } = await slo("rules good.yaml");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^# Made by `slo rules` from good\.yaml, for task-api: /);
    expect(stdout).toContain("  - name: slo task-api read-latency\n    interval: 30s\n");
    expect((await slo("rules field.yaml")).stdout).toContain("- name: slo shop reads-most\n");
  });

  it("writes a file, and tells whether one is current", async () => {
    expect(await slo("rules good.yaml --output made/slo.yml")).toEqual({
      code: 0,
      stdout: "made/slo.yml: 14 recording rules and 7 alerts for task-api\n",
      stderr: "",
    });
    expect(await slo("rules good.yaml --check made/slo.yml")).toEqual({
      code: 0,
      stdout: "made/slo.yml: current, 14 recording rules and 7 alerts for task-api\n",
      stderr: "",
    });
    expect(await slo("rules good.yaml --check made/slo.yml --least-requests 5")).toEqual({
      code: 2,
      stdout: "",
      stderr: `slo: made/slo.yml is not what good.yaml says: line 2 is  # Error budget: 30 days. An alert needs 20 requests in its short window.
     and would be  # Error budget: 30 days. An alert needs 5 requests in its short window.
     renew it: slo rules good.yaml --output made/slo.yml, with the same options
`,
    });
  });

  it("tells programs the same", async () => {
    const { code, stdout } = await slo("rules good.yaml --format json --period 4w");
    expect(code).toBe(0);
    const answer = rulesShape.parse(JSON.parse(stdout));
    expect(answer).toMatchObject({ service: "task-api", period: 28, leastRequests: 20, leftOut: [] });
    const { groups } = parse((await slo("rules good.yaml --period 28d")).stdout) as { groups: { rules: unknown[] }[] };
    expect(answer.groups.map(({ rules }) => rules.length)).toEqual(groups.map(({ rules }) => rules.length));
  });

  it("tells a file that is cut short from a current one", async () => {
    const path = join(folder.path, "short.yml");
    const { stdout } = await slo("rules good.yaml");
    await writeFile(path, stdout.slice(0, stdout.indexOf("  - name: slo task-api queue")));
    const { code, stderr } = await slo("rules good.yaml --check short.yml");
    expect(code).toBe(2);
    expect(stderr).toContain("and would be  - name: slo task-api queue\n");
    await writeFile(path, `${stdout}more\n`);
    expect((await slo("rules good.yaml --check short.yml")).stderr).toContain(
      " is  more\n     and would be  (nothing)\n",
    );
  });

  it("says what no alert can watch, and ends with 2 where that is everything", async () => {
    const { code, stderr, stdout } = await slo("rules budget.yaml");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(
      stderr,
    ).toBe(`slo: left out: memory: its budget is for a run, from whichever source tells most; alert on the containers' own limits instead
slo: budget.yaml has no objective that can be an alert
     the lines above say why
`);
  });

  it("shows every mistake of the file in its place", async () => {
    const { code, stdout, stderr } = await slo("rules wrong.yaml");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^wrong\.yaml:4:\d+: error: .*`atmost`/);
  });
});
