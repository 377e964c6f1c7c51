import { encodePromqlString } from "../promql-string.ts";

/** What every rule of an objective is labelled with: names that need no quoting in templates, as the file's reader demands. */
export interface Labels {
  readonly service: string;
  readonly objective: string;
}

/** A recorded series of an objective. */
export function seriesOf(metric: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${encodePromqlString(value)}`);
  return `${metric}{${pairs.join(",")}}`;
}
