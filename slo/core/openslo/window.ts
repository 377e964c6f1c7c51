import type { Masked } from "../file/values/promql.ts";

/**
 * What stands for the window in an OpenSLO query: `{{.window}}` as Sloth has it; and, between the brackets of a range,
 * the variables of Grafana and of shells. OpenSLO itself names none.
 */
const WINDOW = /(?<=\[\s*)(?:\{\{\s*\.?\w+\s*\}\}|\$\{?\w+\}?)(?=\s*[\]:])|\{\{\s*\.?window\s*\}\}/gi;

/** The query with a duration of as many characters in the window's place, so that places in it stay true. */
export function maskWindow(query: string): Masked {
  const text = query.replaceAll(WINDOW, (found) => `${"9".repeat(found.length - 1)}s`);
  return { text, phased: text !== query };
}

/** The query as ours: the window is the phase. */
export function phaseForWindow(query: string): string {
  return query.replaceAll(WINDOW, "$phase");
}

/** Our query as OpenSLO's users write it. */
export function windowForPhase(promql: string): string {
  return promql.replaceAll(/\$phase\b/g, "{{.window}}");
}
