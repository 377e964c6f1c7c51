import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reportShape } from "../io/files/shapes/report.ts";
import { slo } from "./command.ts";
import { runFile } from "./files.ts";
import { type RunningPrometheus, until } from "./prometheus.ts";

/** Scrapes of each target begun after this call; `up` is written with each, at the time its scrape began. */
export async function scraped(prometheus: RunningPrometheus, targets: number, times: number): Promise<void> {
  const begin = Date.now();
  await until(async () => {
    // The answer is evaluated later than its range is written: the range begins after `begin`, never before.
    const since = Math.max(1, Date.now() - begin);
    return (await prometheus.ask(`count(count_over_time(up[${since}ms]) >= ${times})`)) === targets;
  }, `${times} scrapes of each target`);
}

/** A run's folder with one phase, steady, at whose edges nothing moved. */
export async function quietRun(folder: string, from: number, to: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const phases = [{ name: "steady", from, to, quiet: true }];
  const run = {
    ...runFile,
    id: "quiet",
    from: from - 1,
    to: to + 1,
    phases,
    client: [],
    load: [],
    serverCounter: null,
  };
  await writeFile(join(folder, "run.json"), JSON.stringify(run));
}

/** Judges the run in `folder/run` by these objectives, from Prometheus where its address is given, else again. */
export async function checkRun(folder: string, objectives: readonly string[], url?: string) {
  const lines = objectives.map((one) => `  - ${one}\n`).join("");
  await writeFile(join(folder, "objectives.yaml"), `service: any\nobjectives:\n${lines}`);
  const source = url === undefined ? [] : ["--prometheus", url];
  const ran = await slo(["check", "objectives.yaml", "--run", "run", "--format", "json", ...source], { cwd: folder });
  if (ran.stdout === "") throw new Error(`slo check ended with ${ran.code}: ${ran.stderr}`);
  return { text: ran.stdout, report: reportShape.parse(JSON.parse(ran.stdout)) };
}
