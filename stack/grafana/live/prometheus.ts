import * as z from "zod";

const sample = z.tuple([z.number(), z.string()]);
const series = z.looseObject({
  metric: z.record(z.string(), z.string()),
  value: sample.optional(),
  values: z.array(sample).optional(),
  histogram: z.unknown().optional(),
  histograms: z.array(z.unknown()).optional(),
});
const result = z.looseObject({ resultType: z.string(), result: z.array(series) });
const answer = z.looseObject({
  status: z.string(),
  error: z.string().optional(),
  data: z.unknown().optional(),
  warnings: z.array(z.string()).optional(),
});

export type Series = z.infer<typeof series>;
/** Asks Prometheus' HTTP API, `/api/v1/` plus `path`; throws what Prometheus or the network says. */
export type Ask = (path: string, parameters: Readonly<Record<string, string>>) => Promise<unknown>;

/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
export function prometheusAt(address: string, within = 30_000): Ask {
  const base = address.replace(/\/$/, "");
  return async (path, parameters) => {
    const url = `${base}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(within) }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Error(`Prometheus at ${base} does not answer: ${cause}`);
    });
    const read = answer.safeParse(await response.json().catch(() => null));
    if (!read.success) throw new Error(`${base} answers ${response.status}, and not as Prometheus does`);
    if (read.data.status !== "success") throw new Error(read.data.error ?? `Prometheus answers ${response.status}`);
    return read.data.data;
  };
}

export function readSeries(data: unknown): readonly Series[] {
  return result.parse(data).result;
}

export function readStrings(data: unknown): readonly string[] {
  return z.array(z.string()).parse(data);
}

/** Whether a series has anything to draw: a number, or a native histogram; NaN alone is nothing. */
export function drawable({ value, values, histogram, histograms }: Series): boolean {
  const samples = [...(value === undefined ? [] : [value]), ...(values ?? [])];
  return histogram !== undefined || (histograms ?? []).length > 0 || samples.some(([, text]) => text !== "NaN");
}
