import type { RangeRequest, RawSeries } from "../../core/fetched.ts";
import { formatMatchers } from "../../core/selector.ts";
import { anyOf } from "../../core/selector-text.ts";
import { narrowed } from "./parts.ts";
import { type Ask, readRaw, spanOf } from "./read-raw.ts";

/** The request's selector without its metric's name, which `narrowed` could not take a second of. */
function unnamed({ metric, selector }: RangeRequest): string | null {
  if (selector === metric) return "";
  return selector.startsWith(`${metric}{`) && selector.endsWith("}") ? selector.slice(metric.length + 1, -1) : null;
}

/** Whether one request may answer all of these: only their names differ. */
export function alike(requests: readonly RangeRequest[]): boolean {
  const [first, ...others] = requests;
  const matchers = first === undefined ? null : unnamed(first);
  return (
    first !== undefined &&
    matchers !== null &&
    others.every((one) => one.from === first.from && one.to === first.to && unnamed(one) === matchers)
  );
}

/** Several metrics of the same targets, one request for all of them; an answer for each. Rejects with PrometheusFault. */
export async function readAlike(ask: Ask, requests: readonly RangeRequest[]): Promise<readonly RawSeries[][]> {
  const [first] = requests;
  if (first === undefined) return [];
  const names = requests.map(({ metric }) => metric);
  const matchers = unnamed(first);
  const selector = narrowed(
    formatMatchers([anyOf("__name__", names)]),
    matchers === null || matchers === "" ? [] : [matchers],
  );
  const series = await readRaw(ask, selector, spanOf(first));
  // What is named otherwise was not asked for: each answer shows it, so that none is believed.
  return names.map((name) =>
    series.flatMap((one) => {
      const own = one.labels.__name__ ?? "";
      if (own === name) return [one];
      return names.includes(own) ? [] : [{ ...one, labels: { ...one.labels, __name__: own } }];
    }),
  );
}
