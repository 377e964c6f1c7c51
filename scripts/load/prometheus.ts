import { z } from "zod";

const answer = z.object({ data: z.unknown() });
const vector = z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) });
const matrix = z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) });

/** What Prometheus' API answers under `data`. Rejects where it does not answer within `within` milliseconds. */
export async function askPrometheus(
  prometheus: string,
  path: string,
  query: Readonly<Record<string, string>>,
  within: number,
): Promise<unknown> {
  const url = `${prometheus}/api/v1/${path}?${new URLSearchParams(query)}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(within) });
  return answer.parse(await response.json()).data;
}

/** The first series' value now; null without one, and for what is no number. */
export async function scalar(prometheus: string, promql: string, within: number): Promise<number | null> {
  const { result } = vector.parse(await askPrometheus(prometheus, "query", { query: promql }, within));
  const value = Number(result[0]?.value[1] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

/** Raw samples of a range selector, all series': unix seconds and values. */
export async function samplesOf(
  prometheus: string,
  promql: string,
  within: number,
): Promise<readonly (readonly (readonly [number, number])[])[]> {
  const { result } = matrix.parse(await askPrometheus(prometheus, "query", { query: promql }, within));
  return result.map(({ values }) => values.map(([at, value]) => [at, Number(value)] as const));
}
