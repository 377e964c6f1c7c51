import { compose, type Project } from "./project.ts";
import { redactKnown } from "./secrets.ts";

const LINES = 15;

/** The last lines that a service wrote, without secrets; empty where there are none to be had. */
export async function lastLogs(project: Project, service: string, lines = LINES): Promise<string> {
  const args = ["--profile", "*", "logs", "--no-color", "--no-log-prefix", "--tail", String(lines), service];
  const { stdout, stderr } = await compose(project, args, { within: 10_000 }).catch(() => ({ stdout: "", stderr: "" }));
  return redactKnown(`${stdout}${stderr}`.trimEnd());
}

/** More lines than this of one service help nobody. */
const MOST = 20_000;

/** What a service's containers wrote since then, each line with the container's name, without secrets. */
export async function logsOf(project: Project, service: string, since: Date): Promise<string> {
  const args = ["logs", "--no-color", "--since", since.toISOString(), "--tail", String(MOST), service];
  const end = await compose(project, args, { within: 60_000 }).catch(() => null);
  return end === null ? "" : redactKnown(end.stdout);
}
