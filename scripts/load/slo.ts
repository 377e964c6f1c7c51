import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../lib/fault.ts";
import { inProject, shortest } from "../lib/paths.ts";
import { failureOf, runProgram } from "../lib/program.ts";
import { screenOf } from "../lib/screen.ts";

/** Columns of the report where no terminal tells. */
const REPORT_WIDTH = 100;

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Rooms are joined by processes: the judge is asked as anyone else would ask it. Never rejects. */
async function slo(
  args: readonly string[],
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const ending = await runProgram(process.execPath, [inProject("slo/main.ts"), ...args], {
    env: { ...withoutPrometheus(process.env), ...env },
    signal,
  });
  if (ending.kind === "ended") return ending;
  return { code: null, stdout: "", stderr: failureOf("slo", ending) ?? "" };
}

/** The user's `PROMETHEUS_TOKEN` and its like are for another Prometheus than the one that a load brings up. */
export function withoutPrometheus(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("PROMETHEUS_")));
}

const linted = z.object({
  service: z.string(),
  objectives: z.array(z.object({ name: z.string(), phase: z.string() })),
  edges: z.record(z.string(), z.array(z.number())),
});
export type Linted = z.infer<typeof linted>;

/** Reads and checks the objectives file. Throws a Fault with the judge's own words. */
export async function lintObjectives(objectives: string, signal: AbortSignal): Promise<Linted> {
  const { code, stdout, stderr } = await slo(["lint", shortest(objectives), "--format", "json"], signal);
  if (code !== 0) throw refused(code, stderr, "objectives");
  return linted.parse(JSON.parse(stdout));
}

const preflight = z.object({
  exitCode: z.number(),
  checks: z.array(
    z.object({
      check: z.string(),
      objective: z.string().nullable(),
      verdict: z.enum(["ok", "problem", "unknown"]),
      exitCode: z.number(),
      expected: z.string(),
      actual: z.string(),
      advice: z.string().nullable(),
      place: z.object({ file: z.string(), line: z.number(), column: z.number() }).nullable(),
    }),
  ),
});
export type Preflight = z.infer<typeof preflight>;

/** The running system, for a preflight against it. */
export interface Running {
  readonly prometheus: string;
  /** `JOB,INSTANCE=URL` of pages that Prometheus, just started, has not scraped yet. */
  readonly targets: readonly string[];
}

/** Could the planned load prove anything? Throws a Fault for what cannot be read at all. */
export async function askPreflight(
  objectives: string,
  planFile: string,
  running: Running | null,
  signal: AbortSignal,
): Promise<Preflight> {
  const against =
    running === null
      ? []
      : [
          "--prometheus",
          running.prometheus,
          "--complete",
          ...running.targets.flatMap((target) => ["--target", target]),
        ];
  const { code, stdout, stderr } = await slo(
    ["plan", shortest(objectives), "--plan", planFile, ...against, "--format", "json"],
    signal,
  );
  if (stdout === "") throw refused(code, stderr, "plan");
  const parsed = preflight.safeParse(JSON.parse(stdout));
  if (!parsed.success)
    throw new Fault("plan", `slo plan answered something else: ${stdout.slice(0, 200)}`, "Please report this.");
  return parsed.data;
}

export interface Judged {
  readonly exitCode: number;
  readonly text: string;
  readonly notes: string;
  /** Seconds that the judge waited for the last scrape. */
  readonly waited: number;
}

/** Judges a run folder; the report lies in it afterwards. Never throws: a judge that broke down is not a pass. */
export async function judgeRun(
  objectives: string,
  prometheus: string,
  folder: string,
  signal: AbortSignal,
): Promise<Judged> {
  const path = shortest(folder);
  const output = (format: string, file: string) => ["--output", `${format}=${join(path, file)}`];
  const { color, columns } = screenOf(process.stdout, process.env);
  const { code, stdout, stderr } = await slo(
    [
      "check",
      shortest(objectives),
      ...["--prometheus", prometheus, "--run", path],
      ...output("json", "report.json"),
      ...output("markdown", "report.md"),
      ...output("junit", "junit.xml"),
      ...output("html", "report.html"),
      color ? "--color" : "--no-color",
    ],
    signal,
    { COLUMNS: String(process.stdout.isTTY ? columns() : REPORT_WIDTH) },
  );
  return { exitCode: code ?? 3, text: stdout, notes: stderr, waited: await waitedSeconds(folder) };
}

async function waitedSeconds(folder: string): Promise<number> {
  try {
    return z.object({ waited: z.number() }).parse(JSON.parse(await readFile(join(folder, "judging.json"), "utf8")))
      .waited;
  } catch {
    return 0;
  }
}

function refused(code: number | null, stderr: string, what: string): Fault {
  const text = stderr.trim();
  if (code === 2) return new Fault(what, text, "", 2);
  return new Fault(what, text === "" ? `the judge ended with ${code ?? "a signal"} and said nothing` : text, "");
}
