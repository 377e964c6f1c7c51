import { decimalText } from "../decimal.ts";
import type { Severity } from "./names.ts";

/** A length of time: as PromQL writes it, and in seconds. */
export interface Span {
  readonly text: string;
  readonly seconds: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

const span = (text: string, seconds: number): Span => ({ text, seconds });

/** What the others are made of: the shortest window, over which Prometheus' own `rate` is taken. */
export const SHORTEST = span("5m", 300);

/** A pair of windows: both must burn faster than a share of the budget in the long one would. */
export interface BurnWindow {
  readonly severity: Exclude<Severity, "none">;
  readonly long: Span;
  /** A twelfth of the long one, as the workbook advises, so that the alert ends soon after the trouble. */
  readonly short: Span;
  /** Share (0..1) of the period's budget that is used up in the long window when the alert fires. */
  readonly spent: number;
}

/**
 * Google, The Site Reliability Workbook, chapter 5, "6: Multiwindow, Multi-Burn-Rate Alerts"
 * (https://sre.google/workbook/alerting-on-slos/): 2 % in an hour, 5 % in six, 10 % in three days; the day with 10 % is
 * Sloth's and the SLO generator's addition to it. With a period of 30 days these are burn rates of 14.4, 6, 3 and 1.
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { severity: "page", long: span("1h", HOUR), short: SHORTEST, spent: 0.02 },
  { severity: "page", long: span("6h", 6 * HOUR), short: span("30m", 1800), spent: 0.05 },
  { severity: "ticket", long: span("1d", DAY), short: span("2h", 2 * HOUR), spent: 0.1 },
  { severity: "ticket", long: span("3d", 3 * DAY), short: span("6h", 6 * HOUR), spent: 0.1 },
];

/** How a threshold of a query becomes an alert: over which window, in place of the phase, and for how long. */
export const THRESHOLD = { window: span("5m", 300), lasting: "5m" } as const;

/** How long an objective may be without data. */
export const NO_DATA_AFTER = "10m";

/** How often rules are evaluated: ten times in the shortest window. */
export const EVERY = span("30s", 30);

/** Bad requests that the long window must hold, by counts that Prometheus extrapolates: more than one. */
export const MORE_THAN_ONE = 1.5;

export const DEFAULTS = { days: 30, leastRequests: 20 } as const;

/** Days that a period may have: the longest window must lie well within it. */
export const PERIOD_DAYS = { least: 7, most: 366 } as const;

/**
 * How many times faster than the budget allows. Never below 1: who burns slower meets the objective, whatever part of a
 * short period's budget the window is.
 */
export function burnRate({ spent, long }: BurnWindow, days: number): number {
  const rate = (spent * days * DAY) / long.seconds;
  return Math.max(1, Number(rate.toPrecision(6)));
}

/** The share (0..1) of bad requests above which the alert fires, as decimals give it. */
export function threshold(window: BurnWindow, days: number, allowed: number): number {
  return Number((burnRate(window, days) * allowed).toPrecision(12));
}

/** Whether any traffic could exceed the threshold: a share above 1 there is not. */
export function canFire(window: BurnWindow, days: number, allowed: number): boolean {
  return threshold(window, days, allowed) < 1;
}

export const periodOf = (days: number): Span => span(`${decimalText(days)}d`, days * DAY);
