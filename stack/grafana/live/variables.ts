import * as z from "zod";
import type { Dashboard, Variable } from "../read/dashboard.ts";
import { substituted } from "../read/substitute.ts";
import type { Ask } from "./prometheus.ts";
import { readStrings } from "./prometheus.ts";
import type { Window } from "./times.ts";
import { timesOf } from "./times.ts";

const LABEL_VALUES = /^label_values\((?:(.+),\s*)?(\w+)\)$/s;
const query = z.looseObject({ query: z.string() });

/** What a variable of a dashboard stands for, and which values it could have. */
export interface Resolved {
  readonly name: string;
  readonly value: string;
  readonly options: readonly string[];
  /** Why its values could not be asked for; null if they could. */
  readonly failure: string | null;
}

/**
 * Each query variable with its value as Grafana would choose it: all of them by their pattern, or the one that is saved
 * if it exists, or else the first. Variables may refer to those before them.
 */
export async function resolveVariables(dashboard: Dashboard, window: Window, ask: Ask): Promise<readonly Resolved[]> {
  const resolved: Resolved[] = [];
  for (const variable of dashboard.templating?.list ?? []) {
    if (variable.type !== "query") continue;
    const values = new Map(resolved.map(({ name, value }) => [name, value] as const));
    try {
      const options = await optionsOf(variable, values, window, ask);
      resolved.push({ name: variable.name, value: chosen(variable, options), options, failure: null });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      resolved.push({ name: variable.name, value: "", options: [], failure });
    }
  }
  return resolved;
}

async function optionsOf(
  variable: Variable,
  values: ReadonlyMap<string, string>,
  window: Window,
  ask: Ask,
): Promise<readonly string[]> {
  const text = substituted(query.parse(variable.query).query, timesOf(window, "5s"), values);
  const [, selector, label] = LABEL_VALUES.exec(text) ?? [];
  if (label === undefined) throw new Error(`the variable ${variable.name} is not label_values(…): ${text}`);
  const span = { start: String(window.from), end: String(window.to) };
  const found = await ask(`label/${label}/values`, selector === undefined ? span : { ...span, "match[]": selector });
  return readStrings(found);
}

function chosen({ includeAll, allValue, current }: Variable, options: readonly string[]): string {
  const saved = current?.value;
  if (includeAll === true && Array.isArray(saved) && saved.includes("$__all")) return allValue ?? options.join("|");
  const one = Array.isArray(saved) ? (saved[0] ?? "") : (saved ?? "");
  return options.includes(one) ? one : (options[0] ?? "");
}
