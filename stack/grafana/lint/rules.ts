import type { Rule } from "./finding.ts";
import { addressed } from "./rules/dashboard.ts";
import { names } from "./rules/names.ts";
import { distinct, placed, told } from "./rules/panels.ts";
import { intervals, parses } from "./rules/promql.ts";
import { sources } from "./rules/sources.ts";
import { legends, sql, variables } from "./rules/texts.ts";

/** What every dashboard is held to. */
export const RULES: readonly Rule[] = [
  addressed,
  told,
  distinct,
  placed,
  sources,
  variables,
  parses,
  intervals,
  names,
  legends,
  sql,
];
