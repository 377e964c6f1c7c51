import type { FetchFailure, RawSeries } from "../../core/fetched.ts";
import type { ObjectivesFile } from "../../core/objective.ts";
import { namesQuery, type PreflightAsk } from "../../core/preflight/asks.ts";
import type { Facts, QueryAnswer, SeenSeries, ServerFacts } from "../../core/preflight/facts.ts";
import { namesWanted } from "../../core/preflight/missing.ts";
import { seenTargets } from "../../core/preflight/seen-targets.ts";
import type { PrometheusClient } from "./client.ts";
import { serverClock } from "./clock.ts";
import { PrometheusFault } from "./fault.ts";
import { numbersOnly } from "./numbers.ts";
import { sideBySide } from "./side-by-side.ts";

/** Requests under way at once. */
const WIDTH = 8;
/** Seconds of `up` that are looked at; Prometheus' own lookback as well. */
const LOOKBACK = 300;

type Outcome<Result> =
  | { readonly kind: "answer"; readonly result: Result }
  | { readonly kind: "failure"; readonly failure: FetchFailure };

/**
 * Asks Prometheus what the preflight must know: its clock, then who is up, then everything else side by side. Never rejects: what could
 * not be had is in the facts as a failure. `now`: unix seconds.
 */
export async function readFacts(
  client: PrometheusClient,
  file: ObjectivesFile,
  ask: PreflightAsk,
  now: () => number,
): Promise<Facts> {
  const clock = await attempt("time()", () => serverClock(client, now));
  if (clock.kind === "failure") return nothing({ ...unasked(client), failure: clock.failure });
  const { skew } = clock.result;
  const at = now() + (Number.isFinite(skew) ? skew : 0);
  const instant = (promql: string) => attempt(promql, async () => (await client.query(promql, at)).series);
  const numbers = (promql: string) =>
    attempt(promql, async () => {
      const { series, remarks } = await client.query(promql, at);
      return { values: numbersOnly(series).flatMap(({ values }) => values.at(-1) ?? []), remarks };
    });
  // First: of a target that is seen to be up, every series is there when it is asked for.
  const clocks = await sideBySide([...ask.clocks.map((selector) => `${selector}[${LOOKBACK}s]`), "up"], WIDTH, instant);
  const [version, series, queries] = await Promise.all([
    client.version(),
    sideBySide(ask.series, WIDTH, instant),
    sideBySide(ask.queries, WIDTH, async (promql) => [promql, queryAnswer(await numbers(promql))] as const),
  ]);
  const seen = series.flatMap(resultOf).map(seenSeries);
  const names = await sideBySide(namesWanted(file, seen), WIDTH, (matchers) => instant(namesQuery(matchers)));
  return {
    server: { ...unasked(client), version, clock: clock.result },
    series: seen,
    failure: [...series, ...clocks].find((one) => one.kind === "failure")?.failure ?? null,
    targets: seenTargets(clocks.flatMap(resultOf), at),
    queries: new Map(queries),
    names: [...new Set(names.flatMap(resultOf).flatMap(({ labels }) => labels.__name__ ?? []))],
    declared: new Set(),
    complete: false,
  };
}

function unasked({ address }: PrometheusClient): ServerFacts {
  return { address, version: null, failure: null, clock: null };
}

function nothing(server: ServerFacts): Facts {
  return {
    server,
    series: [],
    failure: server.failure,
    targets: [],
    queries: new Map(),
    names: [],
    declared: new Set(),
    complete: false,
  };
}

function resultOf<Result>(outcome: Outcome<readonly Result[]>): readonly Result[] {
  return outcome.kind === "answer" ? outcome.result : [];
}

function seenSeries({ labels: { __name__: metric = "", ...labels }, values, histograms }: RawSeries): SeenSeries {
  return { metric, labels, value: values.at(-1) ?? null, native: histograms?.at(-1)?.layout ?? null };
}

function queryAnswer(outcome: Outcome<Omit<Extract<QueryAnswer, { kind: "values" }>, "kind">>): QueryAnswer {
  return outcome.kind === "failure" ? outcome : { kind: "values", ...outcome.result };
}

async function attempt<Result>(request: string, ask: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { kind: "answer", result: await ask() };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    return { kind: "failure", failure: { request, code: error.code, text: error.message } };
  }
}
