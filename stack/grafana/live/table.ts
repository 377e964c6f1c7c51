import { type Exception, exceptionOf } from "./exceptions.ts";
import type { Answered } from "./panels.ts";

export interface Line {
  readonly answered: Answered;
  readonly text: string;
  /** Broken, or empty without an exception that says why. */
  readonly wrong: boolean;
}

export function lineOf(answered: Answered, exceptions: readonly Exception[]): Line {
  const { outcome } = answered;
  const exception = exceptionOf(answered, exceptions);
  switch (outcome.kind) {
    case "data":
      return { answered, text: `${outcome.series}`, wrong: false };
    case "not asked":
      return { answered, text: "not asked: no way to PostgreSQL was given", wrong: false };
    case "empty":
      return exception === undefined
        ? { answered, text: "EMPTY", wrong: true }
        : { answered, text: `empty: ${exception.why}`, wrong: false };
    case "broken":
      return { answered, text: `BROKEN: ${outcome.error}`, wrong: true };
    default:
      return outcome satisfies never;
  }
}

/** A line a query: dashboard, panel, query, series. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ answered, text }) => [
    answered.dashboard,
    `${answered.panel}${answered.refId === "" ? "" : ` ${answered.refId}`}`,
    text,
  ]);
  const all = [["dashboard", "panel", "series"], ...rows];
  const width = (column: number) => Math.max(...all.map((row) => (row[column] ?? "").length));
  const widths = [width(0), width(1)];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
