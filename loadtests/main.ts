import exec from "k6/execution";
import type { Options } from "k6/options";
import { steps, taskJourney } from "./journeys/task-journey.ts";
import { client, requestName } from "./lib/client.ts";
import { markIterationEnd, markIterationStart } from "./lib/counters.ts";
import { readEnv } from "./lib/env.ts";
import { scenarios, thresholds, timeline } from "./lib/scenarios.ts";
import { adjusted, profileNamed } from "./profiles/index.ts";

const env = readEnv();
const profile = adjusted(profileNamed(env.profile), env);
const send = client(env.baseUrl, env.token);
const rates = new Map(profile.phases.map(({ name, rate }) => [name, rate]));

export const options: Options = {
  scenarios: scenarios(profile, steps.length),
  thresholds: thresholds(profile),
  summaryTrendStats: ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "p(99.9)", "count"],
  noConnectionReuse: false,
  ext: {
    provingGround: {
      profile: profile.name,
      phases: timeline(profile).map(({ phase, offset }) => ({ ...phase, offset })),
      journey: steps.map((step) => ({ name: requestName(step), labels: { method: step.method, route: step.route } })),
    },
  },
};

export function journey(): void {
  markIterationStart(rates.get(exec.scenario.name) ?? 0);
  taskJourney(send);
  markIterationEnd();
}

export function handleSummary(data: unknown): Record<string, string> {
  return env.summaryFile === null ? {} : { [env.summaryFile]: `${JSON.stringify(data, null, 2)}\n` };
}
