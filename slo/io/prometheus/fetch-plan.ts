import {
  type Answer,
  type Fetched,
  type FetchPlan,
  type InstantRequest,
  type RangeRequest,
  type RawSeries,
  sliceSeries,
} from "../../core/evidence.ts";
import type { PrometheusClient } from "./client.ts";
import { PrometheusFault } from "./fault.ts";
import { numbersOnly } from "./numbers.ts";
import { sideBySide } from "./side-by-side.ts";

/** Requests under way at once: Prometheus itself runs 20 queries at most by default, and others ask it too. */
const WIDTH = 8;

/** Faults of the server or the way to it: whoever meets one will meet it with the next request as well. */
const OF_THE_SERVER = new Set(["unreachable", "unauthorized", "redirected", "interrupted"]);

/**
 * Asks Prometheus for everything in the plan: the clock first, then the rest side by side. A scrape that lands in
 * between is then missing from the clock and not from a counter, which would read as 0 at it. Never rejects: each answer
 * says what came of it.
 */
export async function fetchPlan(client: PrometheusClient, plan: FetchPlan): Promise<Fetched> {
  const guard = stopper(client);
  const isClock = ({ metric }: RangeRequest) => metric === "up";
  const clocks = await sideBySide(plan.ranges.filter(isClock), WIDTH, (request) => answerRange(guard, request));
  const others = plan.ranges.filter((request) => !isClock(request));
  const done = await sideBySide<() => Promise<Fetch>, Fetch>(
    [
      ...others.map((request) => () => answerRange(guard, request)),
      ...plan.instants.map((request) => () => answerInstant(guard, request)),
    ],
    WIDTH,
    (ask) => ask(),
  );
  const answered = new Map([...clocks, ...done].map((fetch) => [fetch.answer.request, fetch]));
  const inOrder = [...plan.ranges, ...plan.instants].flatMap((request) => answered.get(request) ?? []);
  return {
    ranges: inOrder.flatMap((fetch) => (fetch.kind === "range" ? [fetch.answer] : [])),
    instants: inOrder.flatMap((fetch) => (fetch.kind === "instant" ? [fetch.answer] : [])),
  };
}

interface RangeFetch {
  readonly kind: "range";
  readonly answer: Answer<RangeRequest, RawSeries>;
}

type Fetch = RangeFetch | { readonly kind: "instant"; readonly answer: Answer<InstantRequest, RawSeries> };

type Ask = PrometheusClient["query"];

async function answerRange(ask: Ask, request: RangeRequest): Promise<RangeFetch> {
  const window = windowOf(request);
  const answer = await attempt(request, request.selector, async () => {
    const { series } = await ask(window.promql, window.at);
    return series.flatMap((one) => within(one, window.fromMs));
  });
  return { kind: "range", answer };
}

async function answerInstant(ask: Ask, request: InstantRequest): Promise<Fetch> {
  const answer = await attempt(request, request.promql, async () =>
    numbersOnly((await ask(request.promql, request.at, request.lookback)).series),
  );
  return { kind: "instant", answer };
}

interface Window {
  readonly promql: string;
  readonly at: number;
  readonly fromMs: number;
}

/** Milliseconds: seconds of our time as doubles are that far off at the most, and a whole millisecond must stay one. */
const FUZZ = 0.001;

/** Ranges are left-open since Prometheus 3 and closed before: ask for a millisecond more, and cut it off again. */
function windowOf({ selector, from, to }: RangeRequest): Window {
  const fromMs = Math.floor(from * 1000 + FUZZ);
  const toMs = Math.ceil(to * 1000 - FUZZ);
  return { promql: `${selector}[${Math.max(1, toMs - fromMs + 1)}ms]`, at: toMs / 1000, fromMs };
}

function within(series: RawSeries, fromMs: number): RawSeries[] {
  const first = series.times.findIndex((time) => Math.round(time * 1000) >= fromMs);
  if (first === -1) return [];
  if (first === 0) return [series];
  return [sliceSeries(series, first)];
}

async function attempt<Request>(
  request: Request,
  name: string,
  ask: () => Promise<readonly RawSeries[]>,
): Promise<Answer<Request, RawSeries>> {
  try {
    return { kind: "answer", request, result: await ask() };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    return { kind: "failure", request, failure: { request: name, code: error.code, text: error.message } };
  }
}

/** After a fault of the server the requests not yet sent share it, instead of each waiting for its own. */
function stopper(client: PrometheusClient): Ask {
  const state: { fault?: PrometheusFault } = {};
  return async (promql, at, lookback) => {
    if (state.fault !== undefined) throw state.fault;
    try {
      return await client.query(promql, at, lookback);
    } catch (error) {
      if (error instanceof PrometheusFault && OF_THE_SERVER.has(error.code)) state.fault ??= error;
      throw error;
    }
  };
}
