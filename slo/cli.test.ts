import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "./cli.ts";
import { GOOD_OPENSLO } from "./core/openslo/fixtures/good.ts";
import { rulesShape } from "./io/files/shapes/rules.ts";
import { folderWith } from "./testing/command.ts";
import { planFile, runFile } from "./testing/files.ts";

const GOOD = `service: task-api
objectives:
  - name: read-latency
    latency: { histogram: 'http_request_duration_seconds{job="api",method="GET"}', percentile: 99, atMost: 300ms }
  - name: queue
    gating: false
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
`;

const files = {
  "good.yaml": GOOD,
  "strict.yaml": GOOD.replace("percentile: 99,", "percentile: 99.9,"),
  "peak.yaml": GOOD.replace("gating: false", "phase: peak"),
  "wrong.yaml": GOOD.replace("atMost: 300ms", "atmost: 300ms"),
  "empty.yaml": "",
  "budget.yaml":
    "service: shop\nobjectives:\n  - name: memory\n    resource: { service: shop, memory: { atMost: 256MiB } }\n",
  "field.yaml": GOOD_OPENSLO,
  "plan.json": JSON.stringify(planFile),
  "cut.json": JSON.stringify(planFile).slice(0, 40),
  "run/run.json": JSON.stringify(runFile),
  "odd/run.json": JSON.stringify({
    ...runFile,
    phases: [{ name: "steady", from: 1, to: "2", quiet: true }],
    profile: 7,
    client: undefined,
  }),
  "swapped/run.json": JSON.stringify({ ...runFile, phases: [{ name: "steady", from: 2, to: 1, quiet: true }] }),
  "twice/run.json": JSON.stringify({ ...runFile, phases: [runFile.phases[0], runFile.phases[0]] }),
  "counter/run.json": JSON.stringify({ ...runFile, serverCounter: "rate(x[5m])" }),
  "token.txt": "two words\n",
};

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.folder = await folderWith(files);
});
afterAll(() => open.folder?.remove());

async function slo(line: string, env: Record<string, string> = {}) {
  const said = { stdout: "", stderr: "" };
  const code = await run({
    argv: line === "" ? [] : line.split(" "),
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    env,
    cwd: open.folder?.path ?? "",
    now: () => 1_795_365_700,
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

describe("slo", () => {
  it("takes what follows -- for files", async () => {
    expect((await slo("lint -- good.yaml")).code).toBe(0);
    expect((await slo("lint good.yaml -- -missing.yaml")).stderr).toContain(
      "-missing.yaml: the objectives file does not exist",
    );
    expect(await slo("plan good.yaml --plan plan.json -- more.yaml")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("slo plan takes no further argument: more.yaml"),
    });
  });

  it("shows commands, exit codes and examples", async () => {
    const { code, stdout, stderr } = await slo("--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const part of [
      "slo check <objectives>",
      "slo lint <objectives..>",
      "slo plan <objectives>",
      "Exit codes:",
      "Examples:",
    ]) {
      expect(stdout).toContain(part);
    }
    expect((await slo("check --help")).stdout).toContain("--prometheus");
  });

  const help = "\n     slo --help shows what there is";
  it.each([
    ["", `no command given${help}`],
    ["chek good.yaml", "unknown command chek\n     did you mean slo check?"],
    ["frobnicate", `unknown command frobnicate${help}`],
    ["check", "slo check needs an objectives file\n     write it as: slo check objectives.yaml"],
    ["check good.yaml --promethus x", "unknown flag --promethus\n     did you mean --prometheus?"],
    ["check good.yaml --promethus=x", "unknown flag --promethus\n     did you mean --prometheus?"],
    ["check good.yaml --tokenfile x", "unknown flag --tokenfile\n     did you mean --prometheus-token-file?"],
    ["check good.yaml -x", `unknown flag -x${help}`],
    ["check good.yaml more.yaml", `slo check takes no further argument: more.yaml${help}`],
    ["check good.yaml --prometheus", `--prometheus needs a value${help}`],
    ["check good.yaml --prometheus=", "--prometheus is empty\n     give it a value"],
    ["check good.yaml --from 1 --from 2", "--from is given more than once\n     give it once"],
    [
      "check good.yaml",
      "nothing says what time to judge\n     give one of --run FOLDER, --last 10m, or --from TIME --to TIME",
    ],
    [
      "check good.yaml --from 1",
      "--from needs --to\n     give one of --run FOLDER, --last 10m, or --from TIME --to TIME",
    ],
    [
      "check good.yaml --last 1m --run run",
      "--run and --last exclude each other\n     give one of --run FOLDER, --last 10m, or --from TIME --to TIME",
    ],
    ["check good.yaml --last 1m", "a window needs --prometheus\n     write --prometheus http://localhost:9090"],
    [
      "check good.yaml --last 1m --prometheus me:pass@localhost:9090",
      "--prometheus localhost:9090 is not an address: did you mean http://localhost:9090?",
    ],
    [
      "check good.yaml --run run --format pdf",
      "--format pdf is not a known format\n     known: console, json, junit, markdown, html, github",
    ],
    [
      "check good.yaml --run run --output x",
      "--output x is not FORMAT=PATH\n     write it as --output junit=results/junit.xml",
    ],
    [
      "check good.yaml --run run --timeout soon",
      "--timeout soon is not a number of seconds up to 3600\n     write it as --timeout 30",
    ],
    [
      "check good.yaml --run run --prometheus http://x --prometheus-token-file token.txt",
      "token.txt holds no bearer token\n     it must hold the token alone, in one line",
    ],
    [
      "check good.yaml --run none",
      "none/run.json: the run's file does not exist\n     --run takes a run's folder, such as results/latest",
    ],
    [
      "check good.yaml --run run",
      "run/evidence.json: the run's evidence does not exist\n     give --prometheus to fetch it",
    ],
    [
      "check good.yaml --run odd",
      "odd/run.json has not the shape it must have:\n  run.json: profile must be a string\n  run.json: phases[0].to must be a number\n  run.json: client is missing",
    ],
    [
      "check good.yaml --run swapped",
      "swapped/run.json has not the shape it must have:\n  run.json: phases[0].to must be after from",
    ],
    [
      "check good.yaml --run twice",
      "twice/run.json has not the shape it must have:\n  run.json: phases[1].name is the second phase called warmup",
    ],
    ["check none.yaml --run run", "none.yaml: the objectives file does not exist"],
    ["check . --run run", ".: the objectives file cannot be read: it is a directory"],
    ["lint good.yaml --format junit", "--format junit is not a known format here\n     known: console, json"],
    [
      "plan good.yaml",
      "there is nothing to hold the objectives against\n     give --plan plan.json, --prometheus http://localhost:9090, or both",
    ],
    [
      "plan good.yaml --prometheus localhost:9090",
      "--prometheus localhost:9090 is not an address: did you mean http://localhost:9090?",
    ],
    ["plan good.yaml --plan none.json", "none.json: the plan does not exist"],
    ["rules", "slo rules needs an objectives file\n     write it as: slo rules objectives.yaml"],
    ["rules none.yaml", "none.yaml: the objectives file does not exist"],
    ["rules good.yaml --perod 30d", "unknown flag --perod\n     did you mean --period?"],
    ["rules good.yaml --period 1h", "--period 1h is not a period of 7 to 366 days\n     write it as 30d or 4w"],
    ["rules good.yaml --period 6d", "--period 6d is not a period of 7 to 366 days\n     write it as 30d or 4w"],
    [
      "rules good.yaml --least-requests few",
      "--least-requests few is not a whole number\n     write it as --least-requests 20",
    ],
    ["rules good.yaml --format toml", "--format toml is not a known format here\n     known: yaml, json"],
    [
      "rules good.yaml --output a.yml --check a.yml",
      "--output and --check exclude each other\n     --output writes the file, --check compares",
    ],
    [
      "rules good.yaml --output good.yaml",
      "--output good.yaml would overwrite the objectives file\n     name another file",
    ],
    [
      "rules good.yaml --check none.yml",
      "none.yml: the rule file does not exist\n     renew it: slo rules good.yaml --output none.yml, with the same options",
    ],
  ])("refuses `slo %s`", async (line, text) => {
    expect(await slo(line)).toEqual({ code: 2, stdout: "", stderr: `slo: ${text}\n` });
  });

  it("names a file that is cut short", async () => {
    const { code, stderr } = await slo("plan good.yaml --plan cut.json");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^slo: cut\.json is not JSON \(cut short\?\): .+\n$/);
  });

  it("names a server counter that is no selector", async () => {
    const { code, stderr } = await slo("check good.yaml --run counter --prometheus http://127.0.0.1:1");
    expect(code).toBe(2);
    expect(stderr).toBe("slo: run.json: serverCounter is not a selector: a function's result is not a selector\n");
  });
});

describe("slo convert", () => {
  it("writes the other form, and the first again from that", async () => {
    const openSlo = await slo("convert good.yaml");
    expect(openSlo).toMatchObject({ code: 0, stderr: "" });
    expect(openSlo.stdout).toContain("apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: read-latency\n");
    expect(openSlo.stdout).toContain(
      'http_request_duration_seconds_bucket{job="api",method="GET",le="0.3"}[{{.window}}]',
    );
    await writeFile(join(open.folder?.path ?? "", "openslo.yaml"), openSlo.stdout);
    expect(await slo("convert openslo.yaml")).toEqual({ code: 0, stdout: GOOD, stderr: "" });
    expect(await slo("convert openslo.yaml --to openslo")).toEqual(openSlo);
    expect((await slo("lint openslo.yaml")).stdout).toBe("openslo.yaml: 2 objectives for task-api, all well written\n");
    expect((await slo("lint openslo.yaml --format json")).stdout).toBe(
      (await slo("lint good.yaml --format json")).stdout,
    );
    expect((await slo("plan openslo.yaml --plan plan.json")).stdout).toContain("SUFFICES");
  });

  it("says what it leaves out", async () => {
    expect((await slo("convert field.yaml")).stderr).toBe(
      "slo: left out, since nothing is judged by it: Service, displayName (3), description (2), DataSource, labels, alertPolicies\n",
    );
  });

  it("refuses what it cannot write and what is wrong", async () => {
    expect(await slo("convert good.yaml --to sloth")).toMatchObject({
      code: 2,
      stderr: "slo: --to sloth is not a known form\n     known: openslo, objectives\n",
    });
    expect(await slo("convert wrong.yaml")).toMatchObject({ code: 2, stdout: "" });
  });
});

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
    const path = join(open.folder?.path ?? "", "short.yml");
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

describe("slo schema", () => {
  it("prints each published schema", async () => {
    for (const name of ["objectives", "report", "run", "plan", "preflight", "evidence", "rules"]) {
      const { code, stdout } = await slo(`schema ${name}`);
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    }
  });

  it("names the one that was meant", async () => {
    expect(await slo("schema objective")).toEqual({
      code: 2,
      stdout: "",
      stderr: "slo: no schema is named objective\n     did you mean objectives?\n",
    });
  });
});

describe("slo lint", () => {
  it("says what a good file holds", async () => {
    expect(await slo("lint good.yaml")).toEqual({
      code: 0,
      stdout: "good.yaml: 2 objectives for task-api, all well written\n",
      stderr: "",
    });
  });

  it("tells scripts what they need", async () => {
    const { code, stdout } = await slo("lint good.yaml --format json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      service: "task-api",
      objectives: [
        { name: "read-latency", indicator: "latency", gating: true, phase: "steady" },
        { name: "queue", indicator: "query", gating: false, phase: "steady" },
      ],
      edges: { http_request_duration_seconds: [0.3] },
    });
  });

  it("shows every mistake in its place, and the good files none the less", async () => {
    const { code, stdout, stderr } = await slo("lint wrong.yaml good.yaml empty.yaml");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "good.yaml: 2 objectives for task-api, all well written\n" });
    expect(stderr).toMatch(/^wrong\.yaml:4:\d+: error: .*`atmost`/);
    expect(stderr).toMatch(/slo: wrong\.yaml has \d mistakes?\n/);
    expect(stderr).toContain("slo: empty.yaml has 1 mistake\n");
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });
});

describe("slo plan", () => {
  it("says that a load suffices", async () => {
    expect(await slo("plan good.yaml --plan plan.json")).toEqual({
      code: 0,
      stderr: "",
      stdout: `  steady: 1000 requests in 30 s, 33 iterations a second

  ✓ read-latency      phase, requests: ok
  ✓ queue (advisory)  phase: ok

SUFFICES  profile average can prove every gating objective
`,
    });
  });

  it("says that it does not, and what would", async () => {
    const { code, stdout } = await slo("plan strict.yaml --plan plan.json");
    expect(code).toBe(3);
    expect(stdout).toContain(`  ✗ read-latency      phase: ok
      at        strict.yaml:3:5
    ✗ requests
      expected  2995 without a bad one, to prove at most 0.1 % at 95 % confidence
      actual    1000 requests planned in steady
      do        make steady at least 90 s long instead of 30 s, or raise the rate
`);
    expect(stdout.split("\n").at(-2)).toBe("CANNOT PROVE  profile average cannot prove: read-latency");
  });

  it("refuses a phase that the profile has not, be the objective gating or not", async () => {
    const { code, stdout } = await slo("plan peak.yaml --plan plan.json");
    expect(code).toBe(2);
    expect(stdout).toContain(`      at        peak.yaml:5:5
    ✗ phase
      expected  profile average has one phase peak
      actual    it has none of that name
      do        its phases: steady
`);
    expect(stdout.split("\n").at(-2)).toBe("WRONG  mend what is written first: queue");
  });

  it("tells scripts the same", async () => {
    const { code, stdout } = await slo("plan strict.yaml --plan plan.json --format json");
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      exitCode: 3,
      service: "task-api",
      profile: "average",
      prometheus: null,
      checks: [
        { check: "phase", objective: "read-latency", verdict: "ok", exitCode: 0 },
        { check: "requests", objective: "read-latency", verdict: "problem", exitCode: 3 },
        { check: "phase", objective: "queue", verdict: "ok", exitCode: 0 },
      ],
    });
  });
});
