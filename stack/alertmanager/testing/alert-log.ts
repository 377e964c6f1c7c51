import { join } from "node:path";
import { type Running, start, until } from "./process.ts";

/** One alert that arrived, as alert-log tells it. */
export interface Arrival {
  readonly status: string;
  readonly alert: string;
  readonly severity: string;
  readonly receiver: string;
  readonly summary: string;
  readonly runbook: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface RunningLog extends Running {
  readonly url: string;
  /** What GET /alerts gives. */
  readonly alerts: () => Promise<readonly Arrival[]>;
}

/** The real alert-log on a free port of 127.0.0.1. */
export async function startAlertLog(): Promise<RunningLog> {
  const script = join(import.meta.dirname, "../alert-log.mjs");
  const running = start(process.execPath, [script], { PORT: "0", HOST: "127.0.0.1" });
  const port = await until("alert-log listens", () => {
    if (running.child.exitCode !== null) throw new Error(`alert-log ended: ${running.said.stderr}`);
    return /listening on port (\d+)/.exec(running.said.stderr)?.[1];
  });
  const url = `http://127.0.0.1:${port}`;
  const alerts = async () => (await (await fetch(`${url}/alerts`)).json()) as readonly Arrival[];
  return { ...running, url, alerts };
}
