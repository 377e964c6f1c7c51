import { Fault } from "../io/fault.ts";

/** Unix seconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?([Zz]|[+-]\d{2}:\d{2})?$/;
const SECONDS = /^\d+(?:\.\d+)?$/;
const LAST = /^(\d+(?:\.\d+)?)(ms|s|m|min|h|d)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** Seconds; raw samples of more than that fit into no memory. */
const WIDEST = 7 * 86_400;
/** Seconds our clock may be behind whoever wrote the time. */
const FUTURE = 1;
/** Unix seconds of the year 5138: beyond it stand milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** The window of `--from` and `--to`. Throws a Fault, exit 2. */
export function windowBetween(from: string, to: string, now: number): Window {
  return checked({ from: readTime("--from", from), to: readTime("--to", to) }, now);
}

/** The window of `--last`, which ends now. Throws a Fault, exit 2. */
export function windowLast(last: string, now: number): Window {
  const match = LAST.exec(last.trim());
  const seconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ""] ?? Number.NaN);
  if (!(seconds > 0))
    throw new Fault("window", 2, `--last ${last} is not a length of time`, "write it as 90s, 10m or 2h");
  return checked({ from: now - seconds, to: now }, now);
}

function checked({ from, to }: Window, now: number): Window {
  if (from >= to) {
    throw new Fault(
      "window",
      2,
      `--from (${show(from)}) must be before --to (${show(to)})`,
      from > to ? "they may be swapped" : null,
    );
  }
  if (to > now + FUTURE) {
    const ahead = Math.ceil(to - now);
    throw new Fault(
      "window",
      2,
      `--to (${show(to)}) is ${ahead} s in the future`,
      "judge what has happened: name a time that has passed, or --last",
    );
  }
  if (to - from > WIDEST) {
    const hint = "judge a shorter one";
    throw new Fault(
      "window",
      2,
      `the window is ${((to - from) / 86_400).toFixed(1)} days wide, more than ${WIDEST / 86_400}`,
      hint,
    );
  }
  return { from, to: Math.min(to, now) };
}

function readTime(flag: string, text: string): number {
  const trimmed = text.trim();
  const seconds = SECONDS.test(trimmed) ? Number(trimmed) : readRfc3339(flag, trimmed);
  if (seconds >= MILLISECONDS_FROM) {
    throw new Fault("window", 2, `${flag} ${text} is in milliseconds`, `write unix seconds: ${seconds / 1000}`);
  }
  return seconds;
}

function readRfc3339(flag: string, text: string): number {
  const match = RFC3339.exec(text);
  const hint = "write RFC 3339 (2026-11-22T16:40:00Z) or unix seconds (1795365600)";
  if (match === null) throw new Fault("window", 2, `${flag} ${text} is not a time`, hint);
  if (match[7] === undefined) {
    throw new Fault("window", 2, `${flag} ${text} names no time zone`, `append Z for UTC: ${text.replace(" ", "T")}Z`);
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const milliseconds = Date.parse(text.replace(" ", "T").toUpperCase());
  if (Number.isNaN(milliseconds) || month < 1 || month > 12 || day > lastDay) {
    throw new Fault("window", 2, `${flag} ${text} is no time that exists`, hint);
  }
  return milliseconds / 1000;
}

function show(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}
