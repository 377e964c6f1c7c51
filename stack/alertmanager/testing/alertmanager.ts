import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Running, start, until } from "./process.ts";

export const CONFIG = join(import.meta.dirname, "../alertmanager.yml");

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339; in the past it is resolved. */
  readonly endsAt?: string;
}

/** What Alertmanager says of an alert that it holds. */
interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

export interface RunningAlertmanager extends Running {
  readonly url: string;
  readonly post: (alerts: readonly PostedAlert[]) => Promise<void>;
  readonly held: () => Promise<readonly HeldAlert[]>;
  readonly remove: () => Promise<void>;
}

/** A program that `npm test` brings. */
export function programOf(variable: "ALERTMANAGER_BIN" | "AMTOOL_BIN"): string {
  const program = process.env[variable];
  if (program === undefined || program === "") throw new Error(`${variable} names no program: run \`npm test\``);
  return program;
}

/** The stack's own configuration with another webhook, and with little of its patience: what inhibits must be known. */
async function configuration(folder: string, webhook: string): Promise<string> {
  const secret = join(folder, "webhook-url");
  await writeFile(secret, webhook);
  const text = await readFile(CONFIG, "utf8");
  const hasty = text
    .replaceAll("/secrets/alertmanager/webhook-url", secret)
    .replaceAll(/group_wait: \w+/g, "group_wait: 2s")
    .replaceAll(/group_interval: \w+/g, "group_interval: 1s");
  const path = join(folder, "alertmanager.yml");
  await writeFile(path, hasty);
  return path;
}

/** The real Alertmanager on a free port of 127.0.0.1, with the stack's routes and this webhook. */
export async function startAlertmanager(webhook: string): Promise<RunningAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), "alertmanager-test-"));
  const running = start(programOf("ALERTMANAGER_BIN"), [
    `--config.file=${await configuration(folder, webhook)}`,
    `--storage.path=${join(folder, "data")}`,
    "--web.listen-address=127.0.0.1:0",
    "--cluster.listen-address=",
  ]);
  const remove = async () => {
    await running.stop("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await until("Alertmanager listens", () => {
      if (running.child.exitCode !== null) throw new Error(`Alertmanager ended: ${running.said.stderr}`);
      return /[Ll]istening on"? address=127\.0\.0\.1:(\d+)/.exec(running.said.stderr)?.[1];
    });
    const url = `http://127.0.0.1:${port}`;
    await until("Alertmanager is ready", async () => ((await fetch(`${url}/-/ready`)).ok ? true : undefined));
    const post = async (alerts: readonly PostedAlert[]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(alerts) });
      if (!answer.ok) throw new Error(`Alertmanager refused: ${answer.status} ${await answer.text()}`);
    };
    const held = async () => (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly HeldAlert[];
    return { ...running, url, post, held, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
