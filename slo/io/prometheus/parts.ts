import type { RawSeries } from "../../core/fetched.ts";
import { PrometheusFault } from "./fault.ts";
import { mergeSeries } from "./merge.ts";

/** What is asked for at once: series that these matchers admit as well, over steps (or milliseconds) `first` to `last`. */
export interface Part {
  readonly first: number;
  readonly last: number;
  /** PromQL, such as `le=~".*[13579]"`. */
  readonly matchers: readonly string[];
}

/** Requests for one answer, before it is given up: who cannot answer in so many parts is asked for too much. */
const MOST_REQUESTS = 400;

/** Labels whose values tell series apart nearly everywhere; a series without one has the value "". */
const LABELS = ["le", "instance"] as const;
const CHARACTERS = [..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const BITS = [0, 1, 2];

/** Halves of all values of a label, by one bit of their last character. Any two cut all series into four. */
const CUTS: readonly { readonly label: string; readonly pattern: string }[] = LABELS.flatMap((label) =>
  BITS.map((bit) => ({
    label,
    pattern: `.*[${CHARACTERS.filter((one) => (one.charCodeAt(0) >> bit) % 2 === 1).join("")}]`,
  })),
);

/** Time first, since that costs Prometheus the least; then labels. null: it cannot be any smaller. */
function halves({ first, last, matchers }: Part, least: number): readonly [Part, Part] | null {
  if (last - first + 1 > least) {
    const middle = Math.floor((first + last) / 2);
    return [
      { first, last: middle, matchers },
      { first: middle + 1, last, matchers },
    ];
  }
  const cut = CUTS[matchers.length];
  if (cut === undefined) return null;
  const { label, pattern } = cut;
  return [
    { first, last, matchers: [...matchers, `${label}=~"${pattern}"`] },
    { first, last, matchers: [...matchers, `${label}!~"${pattern}"`] },
  ];
}

/**
 * Asks for the whole, and for its halves where Prometheus or we find the answer too large, down to `least` steps and
 * then by labels; the result is the same. Rejects with PrometheusFault, too-expensive where no part is small enough.
 */
export async function inParts(
  whole: { readonly first: number; readonly last: number; readonly least: number },
  ask: (part: Part) => Promise<readonly RawSeries[]>,
): Promise<RawSeries[]> {
  const state = { asked: 0, tooLong: Number.POSITIVE_INFINITY };
  const answers: (readonly RawSeries[])[] = [];
  const waiting: Part[] = [{ first: whole.first, last: whole.last, matchers: [] }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const length = part.last - part.first + 1;
    // As long as one that was too large: it will be too, so it is not tried.
    const split = length >= state.tooLong && length > whole.least ? halves(part, whole.least) : null;
    if (split !== null) {
      waiting.push(split[1], split[0]);
      continue;
    }
    state.asked += 1;
    try {
      answers.push(await ask(part));
    } catch (error) {
      const smaller = isTooLarge(error) ? halves(part, whole.least) : null;
      if (smaller === null || state.asked >= MOST_REQUESTS) throw told(error, state.asked);
      if (length > whole.least) state.tooLong = Math.min(state.tooLong, length);
      waiting.push(smaller[1], smaller[0]);
    }
  }
  return mergeSeries(answers);
}

export function isTooLarge(error: unknown): error is PrometheusFault {
  return error instanceof PrometheusFault && error.code === "too-expensive";
}

function told(error: unknown, asked: number): unknown {
  if (!isTooLarge(error) || asked === 1) return error;
  return new PrometheusFault(
    "too-expensive",
    `${error.message}; not even in parts (${asked} requests) could it be had`,
  );
}

/** The selector with further matchers. */
export function narrowed(selector: string, matchers: readonly string[]): string {
  if (matchers.length === 0) return selector;
  const more = matchers.join(",");
  if (!selector.endsWith("}")) return `${selector}{${more}}`;
  return `${selector.slice(0, -1)}${selector.endsWith("{}") ? "" : ","}${more}}`;
}
