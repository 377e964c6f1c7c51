import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { failureOf, runProgram } from "../lib/program.ts";
import { type Counts, NONE } from "./counts.ts";
import type { Suite } from "./request.ts";

/** What is read of the results that vitest's JSON reporter writes. */
const Results = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});
export type Results = z.infer<typeof Results>;

export interface SuiteOptions {
  readonly root: string;
  readonly files: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly scratch: string;
  readonly color: boolean;
  readonly signal: AbortSignal;
}

/** Runs one of vitest's projects; `output` is what it printed. */
export async function runSuite(
  suite: Suite,
  options: SuiteOptions,
): Promise<{ readonly counts: Counts; readonly output: string }> {
  const { root, files, env, scratch, color, signal } = options;
  const json = join(scratch, `${suite}.json`);
  await rm(json, { force: true });
  const ending = await runProgram(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      `--project=${suite}`,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${json}`,
      ...(suite === "unit" && files.length === 0 ? coverageFlags(scratch) : []),
      ...(files.length > 0 ? ["--passWithNoTests"] : []),
      ...files,
    ],
    { cwd: root, env: { ...env, ...(color ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }) }, signal },
  );
  const output = ending.kind === "ended" ? ending.output : "";
  const failure = uncovered(output) ?? failureOf("vitest", ending);
  const results = await readResults(json);
  return { counts: results === null ? unread(suite, failure, files) : countsOf(suite, results, failure, root), output };
}

/** What is measured and the floors: vitest.config.ts. */
function coverageFlags(scratch: string): readonly string[] {
  return ["--coverage", "--coverage.reporter=text-summary", `--coverage.reportsDirectory=${join(scratch, "coverage")}`];
}

/** In vitest's words, which floor of coverage was missed; null: none. */
export function uncovered(output: string): string | null {
  const missed = /Coverage for (\w+) \(([\d.]+%)\) does not meet [^(]*threshold \(([\d.]+%)\)/.exec(output);
  if (missed === null) return null;
  const [, what, found, floor] = missed;
  return `only ${found} of the ${what} of slo/core are covered, ${floor} must be; npm run coverage shows where`;
}

/** A suite whose files all passed may still fail: an error outside any test, a server that died. */
export function countsOf(suite: Suite, results: Results, failure: string | null, root: string): Counts {
  const named = ({ name, assertionResults }: Results["testResults"][number], ...statuses: readonly string[]) =>
    assertionResults
      .filter(({ status }) => statuses.includes(status))
      .map(({ fullName }) => `${relative(root, name)}: ${fullName}`);
  const failures = results.testResults.flatMap((result) => {
    const failed = named(result, "failed");
    const unrun = result.status === "failed" && failed.length === 0;
    return unrun ? [`${relative(root, result.name)}: could not be run`] : failed;
  });
  const skipped = results.testResults.flatMap((result) => named(result, "skipped", "pending", "todo"));
  const counts = { passed: results.numPassedTests, skipped };
  return { ...counts, failures: failures.length === 0 && failure !== null ? [`${suite}: ${failure}`] : failures };
}

function unread(suite: Suite, failure: string | null, files: readonly string[]): Counts {
  if (failure === null && files.length > 0) return NONE;
  return { ...NONE, failures: [`${suite}: ${failure ?? "vitest left no results"}`] };
}

async function readResults(file: string): Promise<Results | null> {
  try {
    return Results.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null;
  }
}
