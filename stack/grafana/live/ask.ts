import { checkedIn } from "../files.ts";
import { readDashboard } from "../read/dashboard.ts";
import { EXCEPTIONS, WITHOUT_GRAFANA } from "./exceptions.ts";
import { type Answered, askDashboard, type Sources } from "./panels.ts";
import { readSeries } from "./prometheus.ts";
import { type Line, lineOf } from "./table.ts";
import type { Window } from "./times.ts";

/** Every query of every dashboard that is checked in, asked over the window, in the dashboards' order of their files. */
export async function askAll(window: Window, sources: Sources): Promise<readonly Line[]> {
  // Known to Prometheus, up or down: where it is down, what is empty for that is wrong.
  const grafana = readSeries(await sources.prometheus("query", { query: 'up{job="grafana"}' })).length > 0;
  const exceptions = grafana ? EXCEPTIONS : [...EXCEPTIONS, ...WITHOUT_GRAFANA];
  const answers: Answered[] = [];
  for (const [file, text] of await checkedIn()) {
    answers.push(...(await askDashboard(readDashboard(file, text), window, sources)));
  }
  return answers.map((answered) => lineOf(answered, exceptions));
}
