import { compose, type Project } from "./project.ts";
import { redactKnown } from "./secrets.ts";

const LINES = 15;

/** The last lines that a service wrote, without secrets; empty where there are none to be had. */
export async function lastLogs(project: Project, service: string, lines = LINES): Promise<string> {
  const args = ["--profile", "*", "logs", "--no-color", "--no-log-prefix", "--tail", String(lines), service];
  const { stdout, stderr } = await compose(project, args, { within: 10_000 }).catch(() => ({ stdout: "", stderr: "" }));
  return redactKnown(`${stdout}${stderr}`.trimEnd());
}
