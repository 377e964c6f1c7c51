import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOOD, sloFolder } from "./testing/cli.ts";

let folder: Awaited<ReturnType<typeof sloFolder>>;
beforeAll(async () => {
  folder = await sloFolder();
});
afterAll(() => folder.remove());
const slo: typeof folder.slo = (...line) => folder.slo(...line);

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
    await writeFile(join(folder.path, "openslo.yaml"), openSlo.stdout);
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
