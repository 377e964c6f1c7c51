import type { ObjectivesFile } from "../core/objective.ts";
import type { PlanFile } from "../core/plan-file.ts";
import { preflightAsk } from "../core/preflight/asks.ts";
import type { Facts } from "../core/preflight/facts.ts";
import { withPages } from "../core/preflight/pages.ts";
import { type Preflight, preflight } from "../core/preflight/preflight.ts";
import { Fault } from "../io/fault.ts";
import { readPlan } from "../io/files/run-folder.ts";
import type { PrometheusClient } from "../io/prometheus/client.ts";
import { renderPlan, renderPlanJson } from "../render/plan.ts";
import { type ConnectionArguments, readConnection } from "./connection.ts";
import { readPlainFormat } from "./formats.ts";
import { readObjectives } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { readTimeout } from "./request.ts";
import type { Shell } from "./shell.ts";
import { readTargets } from "./target-pages.ts";
import { terminalOf } from "./terminal.ts";

export interface PlanArguments extends ConnectionArguments {
  readonly objectives: string;
  readonly plan: string | undefined;
  readonly timeout: string | undefined;
  readonly complete: boolean;
  readonly targets: readonly string[];
  readonly format: string;
  readonly color: boolean | undefined;
}

/** `slo plan`: could a run prove what gates? Rejects with a Fault where what was written cannot be read. */
export async function plan(given: PlanArguments, shell: Shell): Promise<Outcome> {
  const format = readPlainFormat(given.format);
  const client = await clientOf(given, shell);
  const objectives = await readObjectives(given.objectives, shell);
  const planned = given.plan === undefined ? null : await readPlan(given.plan, shell.cwd);
  const facts = client === null ? null : await factsOf(client, objectives, planned, given, shell);
  const answer = preflight(objectives, planned, facts);
  return { exitCode: answer.exitCode, text: render(format, answer, planned, objectives, given, shell) };
}

async function clientOf(given: PlanArguments, shell: Shell): Promise<PrometheusClient | null> {
  const timeout = readTimeout(given.timeout);
  if (given.prometheus !== undefined) {
    const address = await readConnection(given, given.prometheus, shell);
    const { createClient } = await import("../io/prometheus/client.ts");
    return createClient({ address, timeout, signal: shell.signal });
  }
  if (given.targets.length > 0) {
    throw new Fault("usage", 2, "--target needs --prometheus", "write --prometheus http://localhost:9090");
  }
  if (given.plan !== undefined) return null;
  const text = "there is nothing to hold the objectives against";
  throw new Fault("usage", 2, text, "give --plan plan.json, --prometheus http://localhost:9090, or both");
}

async function factsOf(
  client: PrometheusClient,
  objectives: ObjectivesFile,
  planned: PlanFile | null,
  { complete, targets, timeout }: PlanArguments,
  shell: Shell,
): Promise<Facts> {
  const { readFacts } = await import("../io/prometheus/facts.ts");
  const [facts, pages] = await Promise.all([
    readFacts(client, objectives, preflightAsk(objectives, planned), shell.now),
    readTargets(targets, readTimeout(timeout), shell),
  ]);
  if (shell.signal.aborted) throw new Fault("interrupted", 3, "interrupted: nothing is known");
  return withPages({ ...facts, complete }, pages);
}

function render(
  format: "console" | "json",
  answer: Preflight,
  planned: PlanFile | null,
  objectives: ObjectivesFile,
  { color }: PlanArguments,
  shell: Shell,
): string {
  switch (format) {
    case "console":
      return renderPlan(answer, planned, objectives, terminalOf(shell.stdout, shell.env, color));
    case "json":
      return renderPlanJson(answer);
    default: {
      const never: never = format;
      return never;
    }
  }
}
