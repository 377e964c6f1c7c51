import type { Dashboard } from "../read/dashboard.ts";
import type { Finding } from "./finding.ts";
import type { KnownMetrics } from "./known.ts";
import { RULES } from "./rules.ts";

/** Every finding in a dashboard, rule by rule; `file` is its file's name. */
export function lint(dashboard: Dashboard, file: string, known: KnownMetrics): readonly Finding[] {
  return RULES.flatMap(({ check }) => check(dashboard, file, known));
}
