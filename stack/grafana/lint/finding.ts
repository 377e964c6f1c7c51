import type { Dashboard } from "../read/dashboard.ts";
import type { KnownMetrics } from "./known.ts";

/** What is wrong with a dashboard, where, and what to do. */
export interface Finding {
  readonly rule: string;
  /** `dashboard`, `dashboard / panel` or `dashboard / panel / A`. */
  readonly place: string;
  readonly text: string;
}

export interface Rule {
  readonly name: string;
  /** Every finding in a dashboard; `file` is its file's name. */
  readonly check: (dashboard: Dashboard, file: string, known: KnownMetrics) => readonly Finding[];
}
