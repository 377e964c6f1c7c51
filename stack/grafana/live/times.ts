import type { Times } from "../read/substitute.ts";

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `15m`; throws for anything else. */
export function seconds(duration: string): number {
  const [, amount, unit = ""] = /^(\d+)(ms|[smhd])$/.exec(duration) ?? [];
  const length = SECONDS[unit];
  if (amount === undefined || length === undefined) throw new Error(`"${duration}" is no duration such as 15m`);
  return Number(amount) * length;
}

export interface Window {
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
  /** Points that fit the panel's width. */
  readonly points: number;
}

/**
 * What Grafana would put in place of its own variables. The step is the range over the points, not below the least step
 * (the panel's, or else the data source's), and `$__rate_interval` is max(step + scrape interval, 4 scrape intervals).
 * https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
 */
export function timesOf({ from, to, points }: Window, every: string): Times & { readonly step: number } {
  const scrape = seconds(every);
  const step = Math.max(scrape, Math.ceil((to - from) / points));
  const whole = (length: number) => `${Math.round(length * 1000)}ms`;
  return {
    step,
    interval: whole(step),
    rateInterval: whole(Math.max(step + scrape, 4 * scrape)),
    range: whole(to - from),
  };
}
