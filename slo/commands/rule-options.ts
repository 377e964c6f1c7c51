import type { RuleOptions } from "../core/rules/rule-file.ts";
import { DEFAULTS, PERIOD_DAYS } from "../core/rules/windows.ts";
import { Fault } from "../io/fault.ts";

export interface RuleFlags {
  readonly period: string | undefined;
  readonly leastRequests: string | undefined;
  readonly runbooks: string | undefined;
}

/** Where alerts of our own stack have theirs. */
const RUNBOOKS = "docs/runbooks";
const PERIOD = /^(\d{1,4})(d|w)$/;
const COUNT = /^\d{1,9}$/;

/** Reads the flags that decide what is made. Throws a Fault, exit 2. */
export function readRuleOptions({ period, leastRequests, runbooks }: RuleFlags): RuleOptions {
  return {
    days: period === undefined ? DEFAULTS.days : readPeriod(period),
    leastRequests: leastRequests === undefined ? DEFAULTS.leastRequests : readCount(leastRequests),
    runbooks: (runbooks ?? RUNBOOKS).replace(/\/+$/, ""),
  };
}

/** Reads `--format`. Throws a Fault, exit 2. */
export function readRuleFormat(text: string): "yaml" | "json" {
  if (text === "yaml" || text === "json") return text;
  throw new Fault("usage", 2, `--format ${text} is not a known format here`, "known: yaml, json");
}

function readPeriod(text: string): number {
  const [, number, unit] = PERIOD.exec(text.trim()) ?? [];
  const days = Number(number) * (unit === "w" ? 7 : 1);
  const { least, most } = PERIOD_DAYS;
  if (days >= least && days <= most) return days;
  throw new Fault("usage", 2, `--period ${text} is not a period of ${least} to ${most} days`, "write it as 30d or 4w");
}

function readCount(text: string): number {
  if (COUNT.test(text.trim())) return Number(text);
  throw new Fault("usage", 2, `--least-requests ${text} is not a whole number`, "write it as --least-requests 20");
}
