import type { Answer, Fetched, FetchPlan, RangeRequest, RawSeries } from "../../core/fetched.ts";
import { LAG_LOOKBACK, type LaggingSeries, laggingOf, unnamed, unseenOf } from "../../core/lagging.ts";
import { CLOCK_METRIC } from "../../core/resource-sources.ts";
import { PrometheusFault } from "./fault.ts";
import { inParts, narrowed } from "./parts.ts";
import { type Ask, readRaw, spanOf } from "./read-raw.ts";

type Read = Extract<Answer<RangeRequest, RawSeries>, { kind: "answer" }>;

/**
 * Series that ratios count and whose own timestamps all lie before what was fetched. One request; where it finds any,
 * one more for each of their metric names and one for the clock tell since when. Never rejects but for our own faults.
 */
export async function readLagging(
  ask: Ask,
  wanted: NonNullable<FetchPlan["lagging"]>,
  answers: readonly Answer<RangeRequest, RawSeries>[],
): Promise<NonNullable<Fetched["lagging"]>> {
  const read = answers.flatMap((answer) => (answer.kind === "answer" ? [answer] : []));
  try {
    return { kind: "answer", series: await lagging(ask, wanted, read) };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    return { kind: "failure", failure: { request: wanted.selector, code: error.code, text: error.message } };
  }
}

async function lagging(
  ask: Ask,
  { selector, at }: NonNullable<FetchPlan["lagging"]>,
  read: readonly Read[],
): Promise<readonly LaggingSeries[]> {
  const unseen = unseenOf(await vector(ask, selector, at, (text) => text), read);
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
