import { readClocks } from "../../core/clock.ts";
import { coarsePlan, type Thinned } from "../../core/coarse.ts";
import type { Answer, Fetched, FetchPlan, InstantRequest, RangeRequest, RawSeries } from "../../core/fetched.ts";
import { CLOCK_METRIC, PROCESS_START_METRIC } from "../../core/resource-sources.ts";
import type { PrometheusClient } from "./client.ts";
import { PrometheusFault } from "./fault.ts";
import { numbersOnly } from "./numbers.ts";
import { alike, readAlike } from "./read-alike.ts";
import { type AliveRequest, readAlive, readLagging } from "./read-lagging.ts";
import { isLong, LONG_FROM, readLong } from "./read-long.ts";
import { type Ask, readRaw, spanOf } from "./read-raw.ts";
import { sideBySide } from "./side-by-side.ts";

/** Requests under way at once: Prometheus itself runs 20 queries at most by default, and others ask it too. */
const WIDTH = 8;

/** Faults of the server or the way to it: whoever meets one will meet it with the next request as well. */
const OF_THE_SERVER = new Set(["unreachable", "unauthorized", "redirected", "interrupted"]);

export interface FetchOptions {
  /** Samples of counters from which on long phases are read by their edges and in blocks. */
  readonly longFrom?: number;
}

/**
 * Asks Prometheus for everything in the plan: the clock first, with the process starts, then the rest side by side. A
 * scrape that lands in between is then missing from the clock and not from a counter, which would read as 0 at it. Never
 * rejects: each answer says what came of it.
 */
export async function fetchPlan(
  client: PrometheusClient,
  plan: FetchPlan,
  { longFrom = LONG_FROM }: FetchOptions = {},
): Promise<Fetched> {
  const ask = stopper(client);
  const clocks = await answerClocks(ask, plan);
  const long = await readIfLong(ask, plan, clocks, longFrom);
  const done = [...clocks, ...long.fetches];
  const answered = new Set<RangeRequest | InstantRequest>(done.map(({ answer }) => answer.request));
  const alive = plan.lagging === undefined ? [] : [plan.lagging];
  const rest = await sideBySide<() => Promise<Fetch>, Fetch>(
    [
      ...plan.ranges.filter((request) => !answered.has(request)).map((request) => () => answerRange(ask, request)),
      ...plan.instants.map((request) => () => answerInstant(ask, request)),
      ...alive.map((request) => () => answerAlive(ask, request)),
    ],
    WIDTH,
    (run) => run(),
  );
  const byRequest = new Map([...done, ...rest].map((fetch) => [fetch.answer.request, fetch]));
  const inOrder = [...plan.ranges, ...plan.instants].flatMap((request) => byRequest.get(request) ?? []);
  const ranges = inOrder.flatMap((fetch) => (fetch.kind === "range" ? [fetch.answer] : []));
  const [living] = rest.flatMap((fetch) => (fetch.kind === "alive" ? [fetch.answer] : []));
  return {
    ...(living === undefined ? {} : { lagging: await readLagging(ask, living, ranges) }),
    ranges,
    instants: inOrder.flatMap((fetch) => (fetch.kind === "instant" ? [fetch.answer] : [])),
    thinned: long.thinned,
  };
}

interface RangeFetch {
  readonly kind: "range";
  readonly answer: Answer<RangeRequest, RawSeries>;
}

type Fetch =
  | RangeFetch
  | { readonly kind: "instant"; readonly answer: Answer<InstantRequest, RawSeries> }
  | { readonly kind: "alive"; readonly answer: Answer<AliveRequest, RawSeries> };

/** One request where the plan asks for both alike, which it does unless an objective itself counts one of them. */
async function answerClocks(ask: Ask, { ranges }: FetchPlan): Promise<readonly RangeFetch[]> {
  const requests = ranges.filter(({ metric }) => metric === CLOCK_METRIC || metric === PROCESS_START_METRIC);
  if (!alike(requests)) {
    const ups = requests.filter(({ metric }) => metric === CLOCK_METRIC);
    return await sideBySide(ups, WIDTH, (request) => answerRange(ask, request));
  }
  try {
    const read = await readAlike(ask, requests);
    return requests.map((request, index) => {
      return { kind: "range", answer: { kind: "answer", request, result: read[index] ?? [] } };
    });
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    return requests.map((request) => ({ kind: "range", answer: failureOf(request, error) }));
  }
}

async function answerRange(ask: Ask, request: RangeRequest): Promise<RangeFetch> {
  const answer = await attempt(request, request.selector, () => readRaw(ask, request.selector, spanOf(request)));
  return { kind: "range", answer };
}

interface Long {
  readonly fetches: readonly RangeFetch[];
  readonly thinned: readonly Thinned[];
}

/** Counters of a phase too long to be read whole, and the process starts that this needs; nothing where none is. */
async function readIfLong(ask: Ask, plan: FetchPlan, clocks: readonly RangeFetch[], longFrom: number): Promise<Long> {
  const none: Long = { fetches: [], thinned: [] };
  const named = (name: string) => clocks.filter(({ answer }) => answer.request.metric === name);
  const ups = resultsOf(named(CLOCK_METRIC));
  const coarse = coarsePlan(plan, readClocks(ups, []).values());
  const [up] = named(CLOCK_METRIC);
  if (coarse === null || up === undefined) return none;
  const counters = plan.ranges.filter(({ counter }) => counter === true);
  const asked: RangeFetch[] = [];
  try {
    const base = { coarse, clocks: readClocks(ups, []), clock: up.answer.request.selector, width: WIDTH };
    if (!(await isLong(ask, counters, base, longFrom))) return none;
    const told = named(PROCESS_START_METRIC);
    const wanted = plan.ranges.filter(({ metric }) => told.length === 0 && metric === PROCESS_START_METRIC);
    asked.push(...(await sideBySide(wanted, WIDTH, (request) => answerRange(ask, request))));
    const read = await readLong(ask, counters, { ...base, clocks: readClocks(ups, resultsOf([...told, ...asked])) });
    const answers = counters.map((request, index): RangeFetch => {
      return { kind: "range", answer: { kind: "answer", request, result: read.series[index] ?? [] } };
    });
    return { fetches: [...asked, ...answers], thinned: read.thinned };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    const failed = counters.map((request): RangeFetch => ({ kind: "range", answer: failureOf(request, error) }));
    return { fetches: [...asked, ...failed], thinned: [] };
  }
}

function resultsOf(fetches: readonly RangeFetch[]): readonly RawSeries[] {
  return fetches.flatMap(({ answer }) => (answer.kind === "answer" ? answer.result : []));
}

function failureOf(request: RangeRequest, fault: PrometheusFault): Answer<RangeRequest, RawSeries> {
  return { kind: "failure", request, failure: { request: request.selector, code: fault.code, text: fault.message } };
}

async function answerInstant(ask: Ask, request: InstantRequest): Promise<Fetch> {
  const answer = await attempt(request, request.promql, async () =>
    numbersOnly((await ask(request.promql, request.at, request.lookback)).series),
  );
  return { kind: "instant", answer };
}

async function answerAlive(ask: Ask, request: AliveRequest): Promise<Fetch> {
  return { kind: "alive", answer: await attempt(request, request.selector, () => readAlive(ask, request)) };
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
