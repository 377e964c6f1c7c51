import type { Answer, Fetched, FetchPlan, RangeRequest, RawSeries } from "../../core/fetched.ts";
import { LAG_LOOKBACK, type LaggingSeries, laggingOf, unnamed, unseenOf } from "../../core/lagging.ts";
import { CLOCK_METRIC } from "../../core/resource-sources.ts";
import { PrometheusFault } from "./fault.ts";
import { inParts, narrowed } from "./parts.ts";
import { type Ask, readRaw, spanOf } from "./read-raw.ts";

type Read = Extract<Answer<RangeRequest, RawSeries>, { kind: "answer" }>;

export type AliveRequest = NonNullable<FetchPlan["lagging"]>;

/** Everything counted that was alive, looking back as far as Prometheus takes samples. Rejects with PrometheusFault. */
export async function readAlive(ask: Ask, { selector, at }: AliveRequest): Promise<readonly RawSeries[]> {
  return await vector(ask, selector, at, (text) => text);
}

/**
 * Counted series whose own timestamps all lie before what was fetched. Asks nothing where all that was alive was seen;
 * else once for each metric name among the unseen and once for the clock, to tell since when. Never rejects but for our
 * own faults.
 */
export async function readLagging(
  ask: Ask,
  alive: Answer<AliveRequest, RawSeries>,
  answers: readonly Answer<RangeRequest, RawSeries>[],
): Promise<NonNullable<Fetched["lagging"]>> {
  if (alive.kind === "failure") return { kind: "failure", failure: alive.failure };
  const read = answers.flatMap((answer) => (answer.kind === "answer" ? [answer] : []));
  const { selector, at } = alive.request;
  try {
    return { kind: "answer", series: await laggingAmong(ask, unseenOf(alive.result, read), at, read) };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    return { kind: "failure", failure: { request: selector, code: error.code, text: error.message } };
  }
}

async function laggingAmong(
  ask: Ask,
  unseen: readonly RawSeries[],
  at: number,
  read: readonly Read[],
): Promise<readonly LaggingSeries[]> {
  if (unseen.length === 0) return [];
  const groups = Map.groupBy(unseen, ({ labels }) => labels.__name__ ?? "");
  const found: LaggingSeries[] = [];
  for (const { request } of read) {
    const group = groups.get(request.metric);
    if (group === undefined) continue;
    const times = await vector(ask, request.selector, at, (text) => `timestamp(${text})`);
    const newest = new Map(times.map(({ labels, values }) => [unnamed(labels), values.at(-1)]));
    // What does not tell when its newest sample was is taken for the worst.
    found.push(...group.map(({ labels }) => ({ labels, newest: newest.get(unnamed(labels)) ?? 0 })));
  }
  const clock = read.find(({ request }) => request.metric === CLOCK_METRIC);
  const span = spanOf({ from: at - LAG_LOOKBACK, to: at });
  return laggingOf(found, clock === undefined ? [] : await readRaw(ask, clock.request.selector, span), at);
}

/** Sample by sample as at one time, looking back as far as it may; in parts by label where it is too large. */
function vector(ask: Ask, selector: string, at: number, query: (selector: string) => string): Promise<RawSeries[]> {
  return inParts({ first: 0, last: 0, least: 1 }, async ({ matchers }) => {
    const { series } = await ask(query(narrowed(selector, matchers)), at, LAG_LOOKBACK);
    return series;
  });
}
