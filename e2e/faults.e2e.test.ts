import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  environmentOf,
  inSteady,
  processesMentioning,
  project,
  type Running,
  readReport,
  readRun,
  SHORT,
  startLoad,
  UNDER_WAY,
  until,
} from "./lib/load.ts";

const generous = ["--objectives", project("e2e/objectives/generous.yaml")];

/** Where the run's parts are, as its run folder tells while they are up. */
function stackPids(run: Running): Record<string, number> {
  const text = readFileSync(`${run.results}/latest/stack.json`, "utf8");
  return (JSON.parse(text) as { pids: Record<string, number> }).pids;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function nothingLeft(run: Running, pids: readonly number[]): Promise<void> {
  await until("the stack gone", () => !pids.some(alive));
  await until("k6 and the judge gone", () => processesMentioning(run.results).length === 0);
}

describe("a part that ends in the middle", () => {
  test.each(["api", "postgres", "prometheus"])(
    "%s: never a pass, the part named, nothing left running",
    async (part) => {
      const run = startLoad([...UNDER_WAY, ...generous]);
      await inSteady(run);
      const pids = stackPids(run);
      const victim = pids[part];
      if (victim === undefined) throw new Error(`no ${part} in ${JSON.stringify(pids)}`);
      process.kill(victim, "SIGKILL");
      const ended = await run.ended;
      expect([1, 3], ended.stderr).toContain(ended.code);
      expect(ended.stderr).toContain(`${part} ended by itself (SIGKILL)`);
      expect(readRun(run.results).failure?.code).toBe("stack-failure");
      expect(["fail", "invalid", "no-data"]).toContain(readReport(run.results).verdict);
      await nothingLeft(run, Object.values(pids));
      expect(ended.stderr + ended.stdout).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)$/m);
    },
  );
});

describe("Ctrl-C", () => {
  test.each([
    ["while the stack starts", (run: Running) => until("the objectives", () => run.stderr().includes("✓ objectives"))],
    ["in the steady phase", inSteady],
  ])("%s: exit 3, nothing left running", async (_when, moment) => {
    const run = startLoad([...UNDER_WAY, ...generous]);
    await moment(run);
    const pids = existsSync(`${run.results}/latest/stack.json`) ? Object.values(stackPids(run)) : [];
    process.kill(-run.pid, "SIGINT");
    const ended = await run.ended;
    expect(ended.code, ended.stderr).toBe(3);
    expect(ended.stderr).toContain("interrupted by SIGINT");
    expect(readRun(run.results).failure?.code).toBe("interrupted");
    await nothingLeft(run, pids);
  });
});

test("Ctrl-C while k6 stands still: the run ends all the same, with what is known", async () => {
  const run = startLoad([...UNDER_WAY, ...generous]);
  await inSteady(run);
  const pids = Object.values(stackPids(run));
  const k6 = processesMentioning(run.results).find((pid) => environmentOf(pid, "LOAD_TOKEN").length > 0);
  if (k6 === undefined) throw new Error("there is no k6");
  process.kill(k6, "SIGSTOP");
  process.kill(run.pid, "SIGINT");
  await until("k6 gone", () => !alive(k6));
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(3);
  expect(readRun(run.results).failure?.code).toBe("interrupted");
  await nothingLeft(run, pids);
});

test("the command itself killed: its guard takes everything down, k6 included", async () => {
  const run = startLoad([...UNDER_WAY, ...generous]);
  await inSteady(run);
  const pids = Object.values(stackPids(run));
  expect(processesMentioning(run.results).length).toBeGreaterThan(1);
  process.kill(run.pid, "SIGKILL");
  await run.ended;
  await nothingLeft(run, pids);
});

test("the run's token is in no file and in no output", async () => {
  const run = startLoad([...SHORT, ...generous]);
  await inSteady(run);
  const [token] = processesMentioning(run.results).flatMap((pid) => environmentOf(pid, "LOAD_TOKEN"));
  if (token === undefined) throw new Error("k6 has no token");
  const ended = await run.ended;
  const files = readdirSync(`${run.results}/latest/`).map((name) =>
    readFileSync(`${run.results}/latest/${name}`, "utf8"),
  );
  expect(files.length).toBeGreaterThan(8);
  expect(token.length).toBeGreaterThan(20);
  for (const text of [...files, ended.stdout, ended.stderr]) expect(text).not.toContain(token);
});

test("a k6 script that throws is no pass, and its words are shown", async () => {
  const run = startLoad([...SHORT, ...generous, "--script", project("e2e/scripts/throws.ts")]);
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(3);
  expect(ended.stderr).toContain("the k6 script threw: TypeError: Cannot read property 'id' of undefined");
  expect(readFileSync(`${run.results}/latest/k6.log`, "utf8")).toContain("TypeError");
});
