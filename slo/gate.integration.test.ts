import { spawn } from "node:child_process";
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { renderJson } from "./render/json.ts";
import { folderWith } from "./testing/command.ts";
import { failed, invalid, notJudged, passed } from "./testing/reports.ts";

const ROOT = resolve(import.meta.dirname, "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");

const Step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
});
const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string() }).loose(),
  env: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.object({ "timeout-minutes": z.number(), steps: z.array(Step) }).loose()),
});

const open: { workflow?: z.infer<typeof Workflow> } = {};
beforeAll(async () => {
  open.workflow = Workflow.parse(parse(await readFile(join(WORKFLOWS, "gate.yml"), "utf8")));
});
const workflow = () => open.workflow ?? Workflow.parse(null);
const stepsOf = (job: string) => workflow().jobs[job]?.steps ?? [];

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code));
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: stdout + stderr };
}

/** The step's own lines, as GitHub's runner starts them under `shell: bash`, on a run folder that is there already. */
async function tell(report: string | null) {
  const folder = await folderWith({ "bin/npm": NPM, summary: "", "results/1/run.json": "{}" });
  onTestFinished(() => folder.remove());
  await chmod(join(folder.path, "bin/npm"), 0o755);
  if (report !== null) await writeFile(join(folder.path, "results/1/report.json"), report);
  await symlink("1", join(folder.path, "results/latest"));
  const lines = stepsOf("load").find(({ name }) => name === "Tell the verdict")?.run ?? "exit 99";
  const script = join(folder.path, "step.sh");
  await writeFile(script, lines);
  const ended = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], folder.path, {
    ...process.env,
    ...workflow().env,
    PATH: `${join(folder.path, "bin")}:${process.env.PATH}`,
    GITHUB_STEP_SUMMARY: join(folder.path, "summary"),
  });
  const files = await readdir(join(folder.path, "results"));
  return { ...ended, files: files.toSorted(), summary: await readFile(join(folder.path, "summary"), "utf8"), folder };
}

/** `npm run --silent slo -- …` without the bootstrap, which has its own tests. */
const NPM = `#!/bin/sh
[ "$1 $2 $3 $4" = "run --silent slo --" ] || exit 98
shift 4
exec "${process.execPath}" "${join(ROOT, "slo/main.ts")}" "$@"
`;

describe("the gate's workflow", () => {
  it.each([
    ["pass", passed, 0, /^::notice /m, "PASS"],
    ["fail", failed, 1, /^::error file=objectives\.yaml,line=\d+/m, "FAIL"],
    ["inconclusive", notJudged, 3, /^::error file=objectives\.yaml,line=\d+/m, "INCONCLUSIVE"],
    ["invalid", invalid, 3, /^::error/m, "INVALID"],
  ])("ends as the verdict %s says, with annotations, summary and JUnit", async (_verdict, report, code, line, word) => {
    const told = await tell(renderJson(report));
    expect(told.code, told.output).toBe(code);
    expect(told.output).toMatch(line);
    expect(told.summary).toContain(word);
    expect(told.files).toEqual(["1", "junit.xml", "latest", "summary.md"]);
    const junit = await readFile(join(told.folder.path, "results/junit.xml"), "utf8");
    expect(/<(failure|error)/.test(junit)).toBe(code !== 0);
  });

  it("fails and says so where there is no report, or half of one", async () => {
    expect(await tell(null)).toMatchObject({ code: 3, summary: "There is no verdict: see the step before.\n" });
    expect((await tell(renderJson(passed).slice(0, 300))).code).not.toBe(0);
  });

  it("runs the project's two commands, keeps the folder whatever happens, and may do no more than read", () => {
    const { permissions, jobs } = workflow();
    expect(permissions).toEqual({ contents: "read" });
    expect(stepsOf("test").flatMap(({ run }) => run ?? [])).toEqual(["npm test"]);
    expect(stepsOf("load").flatMap(({ run }) => run ?? [])[0]).toBe('npm run load -- --results "$RESULTS"');
    expect(stepsOf("load").at(-1)).toMatchObject({
      if: expect.stringMatching(/^\$\{\{ always\(\) \}\}$/),
      uses: expect.stringContaining("upload-artifact"),
    });
    for (const { steps } of Object.values(jobs)) {
      for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    }
  });

  it("is what actionlint takes for a workflow, and a broken one is not", async () => {
    const linter = process.env.ACTIONLINT_BIN;
    if (linter === undefined || linter === "")
      throw new Error("ACTIONLINT_BIN names no actionlint: run `npm test`, which brings one");
    const lint = (files: readonly string[]) =>
      run(linter, ["-no-color", "-shellcheck=", "-pyflakes=", ...files], ROOT, process.env);
    const all = (await readdir(WORKFLOWS)).map((name) => join(WORKFLOWS, name));
    expect(await lint(all)).toEqual({ code: 0, output: "" });
    const broken = await folderWith({});
    onTestFinished(() => broken.remove());
    await mkdir(join(broken.path, "w"));
    const file = join(broken.path, "w/gate.yml");
    await writeFile(file, (await readFile(join(WORKFLOWS, "gate.yml"), "utf8")).replace("always()", "allways()"));
    expect((await lint([file])).output).toContain('undefined function "allways"');
  });
});
