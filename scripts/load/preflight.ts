import type { PlanFile } from "../../slo/core/plan-file.ts";
import { Fault } from "../lib/fault.ts";
import type { LoadStack } from "./load-stack.ts";
import type { Narrator } from "./narrator.ts";
import type { LoadRequest } from "./request.ts";
import type { RunFolder } from "./run-folder.ts";
import { askPreflight, type Preflight } from "./slo.ts";

type Check = Preflight["checks"][number];

/** Prometheus' first scrape comes some seconds after its start: that these are not known yet tells nothing. */
const AWAIT_A_SCRAPE: readonly string[] = ["targets", "scrapes", "query"];

/** Rule 5, by the plan alone. Throws a Fault where the load cannot prove what gates. */
export async function demandSufficientPlan(
  request: LoadRequest,
  plan: PlanFile,
  folder: RunFolder,
  screen: Narrator,
  signal: AbortSignal,
): Promise<void> {
  const answer = await askPreflight(request.objectives, folder.file("plan.json"), null, signal);
  demand(answer, request, screen, "plan");
  const provable = answer.checks.filter(({ check, verdict }) => check === "requests" && verdict === "ok");
  if (answer.exitCode === 0) screen.step("good", "plan", planLine(plan, provable.length));
}

/** Rule 5, by the running system, before any load. Throws a Fault where the run could not be judged. */
export async function demandProvable(
  request: LoadRequest,
  stack: LoadStack,
  folder: RunFolder,
  screen: Narrator,
  signal: AbortSignal,
): Promise<void> {
  const running = { prometheus: stack.addresses.prometheus, targets: stack.targets };
  const began = performance.now();
  const answer = await askPreflight(request.objectives, folder.file("plan.json"), running, signal);
  demand(answer, request, screen, "preflight");
  const open = answer.checks.filter(({ check, verdict }) => verdict === "unknown" && !AWAIT_A_SCRAPE.includes(check));
  for (const one of open) screen.step("doubtful", "preflight", checkLine(one));
  const good = answer.checks.filter(({ verdict }) => verdict === "ok").length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (answer.exitCode === 0)
    screen.step("good", "preflight", `${good} checks of metrics, labels and edges in ${seconds} s`);
}

function demand({ exitCode, checks }: Preflight, { anyway }: LoadRequest, screen: Narrator, step: string): void {
  const culprits = checks.filter((check) => check.verdict === "problem" && check.exitCode === exitCode);
  if (exitCode === 2) throw new Fault(step, culprits.map(checkLine).join("\n"), "Nothing was put under load.", 2);
  if (exitCode === 0) return;
  if (!anyway) {
    const text = `this run could not be judged:\n${culprits.map(checkLine).join("\n")}`;
    throw new Fault(step, text, "Nothing was put under load; --anyway does it all the same.");
  }
  for (const culprit of culprits) screen.step("doubtful", step, checkLine(culprit));
}

function checkLine({ objective, check, expected, actual, advice, place }: Check): string {
  const where = place === null ? "" : `${place.file}:${place.line}:${place.column}: `;
  const what = `${where}${objective ?? check}: expected ${expected}; ${actual}`;
  return advice === null ? what : `${what}; ${advice}`;
}

function planLine(plan: PlanFile, provable: number): string {
  const shapes = plan.phases.map((phase) => {
    const requests = phase.requests.reduce((sum, { count }) => sum + count, 0);
    return `${phase.name} ${requests} requests in ${Math.round(phase.duration)} s`;
  });
  return `${shapes.join(", ")}: enough to prove ${provable === 1 ? "the objective" : `all ${provable} objectives`} that count requests`;
}
