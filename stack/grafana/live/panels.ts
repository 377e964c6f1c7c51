import type { Dashboard } from "../read/dashboard.ts";
import { type PanelQuery, queriesOf } from "../read/queries.ts";
import { substituted } from "../read/substitute.ts";
import { type Ask, drawable, readSeries } from "./prometheus.ts";
import { timesOf, type Window } from "./times.ts";
import { type Resolved, resolveVariables } from "./variables.ts";

/** How often most is scraped, as the data source is told (provisioning/datasources/). */
const SCRAPE = "5s";

/** Number of rows that a query of PostgreSQL returns; throws what PostgreSQL says. */
export type Rows = (sql: string) => Promise<number>;

export interface Sources {
  readonly prometheus: Ask;
  /** Absent: panels that ask PostgreSQL are said not to have been asked. */
  readonly postgres?: Rows;
}

export type Outcome =
  | { readonly kind: "data"; readonly series: number }
  | { readonly kind: "empty" }
  | { readonly kind: "broken"; readonly error: string }
  | { readonly kind: "not asked" };

/** What one query of a panel returned. */
export interface Answered {
  readonly dashboard: string;
  readonly panel: string;
  readonly refId: string;
  readonly asked: string;
  readonly outcome: Outcome;
}

/** Asks every query of a dashboard as Grafana would; `variables` without a value are outcomes as well. */
export async function askDashboard(
  dashboard: Dashboard,
  window: Window,
  sources: Sources,
): Promise<readonly Answered[]> {
  const resolved = await resolveVariables(dashboard, window, sources.prometheus);
  const answers: Answered[] = resolved.map((variable) => ({
    dashboard: dashboard.uid ?? dashboard.title,
    panel: `variable ${variable.name}`,
    refId: "",
    asked: variable.name,
    outcome: outcomeOfVariable(variable),
  }));
  for (const query of queriesOf(dashboard)) answers.push(await askQuery(query, resolved, window, sources));
  return answers;
}

function outcomeOfVariable({ options, failure }: Resolved): Outcome {
  if (failure !== null) return { kind: "broken", error: failure };
  return options.length > 0 ? { kind: "data", series: options.length } : { kind: "empty" };
}

async function askQuery(
  query: PanelQuery,
  resolved: readonly Resolved[],
  window: Window,
  sources: Sources,
): Promise<Answered> {
  const times = timesOf(window, query.every ?? SCRAPE);
  const values = new Map(resolved.map(({ name, value }) => [name, value] as const));
  const asked = substituted(query.text, times, values);
  const named = { dashboard: query.dashboard, panel: query.panel.title ?? "", refId: query.refId, asked };
  try {
    return { ...named, outcome: await outcomeOf(query, asked, times.step, window, sources) };
  } catch (error) {
    return { ...named, outcome: { kind: "broken", error: error instanceof Error ? error.message : String(error) } };
  }
}

async function outcomeOf(
  query: PanelQuery,
  asked: string,
  step: number,
  { from, to }: Window,
  { prometheus, postgres }: Sources,
): Promise<Outcome> {
  const counted = (series: number): Outcome => (series > 0 ? { kind: "data", series } : { kind: "empty" });
  if (query.language === "sql") return postgres === undefined ? { kind: "not asked" } : counted(await postgres(asked));
  const answer = query.instant
    ? await prometheus("query", { query: asked, time: String(to) })
    : await prometheus("query_range", { query: asked, start: String(from), end: String(to), step: String(step) });
  return counted(readSeries(answer).filter(drawable).length);
}
