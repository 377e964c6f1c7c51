import { compose, type Project } from "../../../stack/compose/project.ts";
import { Fault } from "../../lib/fault.ts";
import { scalar } from "../prometheus.ts";

/** The journey reads whole pages, and runs are comparable on tables of one size only. */
const TASKS = 1000;
const SEED = "42";
const COUNT = 'sum(max by (status) (tasks{job="api"}))';

/** Fills a table that holds less; the rows are always the same ones, so that once is enough. Throws a Fault. */
export async function seed(
  project: Project,
  prometheus: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const there = await scalar(prometheus, COUNT, 2000).catch(() => null);
  if (there !== null && there >= TASKS) return;
  say(`filling the database up to ${TASKS} tasks (they stay in its volume)`);
  const args = ["run", "--rm", "--no-deps", "--no-TTY", "migrate", "api/seed.ts"];
  const end = await compose(project, [...args, "--tasks", String(TASKS), "--seed", SEED], { signal, within: 60_000 });
  if (end.code === 0) return;
  const why = `${end.stdout}${end.stderr}`.trim().split("\n").at(-1) ?? "";
  throw new Fault("seed", `The database could not be filled: ${why}`, "See: npm run stack:status");
}
