/** What stands for Grafana's own variables: durations as PromQL writes them. */
export interface Times {
  readonly rateInterval: string;
  readonly interval: string;
  readonly range: string;
}

const REFERENCE = /\$(?:\{(\w+)(?::(\w+))?\}|(\w+))/g;

/** Names of the variables that a text refers to, Grafana's own among them, each once. */
export function referred(text: string): readonly string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map(([, braced, , plain]) => braced ?? plain ?? ""))];
}

/** Puts values for variables, Grafana's own and the dashboard's; a reference to an unknown one stays as it is. */
export function substituted(text: string, times: Times, values: ReadonlyMap<string, string>): string {
  const own: Readonly<Record<string, string>> = {
    __rate_interval: times.rateInterval,
    __interval: times.interval,
    __range: times.range,
  };
  return text.replace(REFERENCE, (whole, braced, _format, plain) => {
    const name = String(braced ?? plain);
    return own[name] ?? values.get(name) ?? whole;
  });
}

/** Durations that occur nowhere else, so that they are found again in a parsed query. */
export const MARKS: Times = { rateInterval: "4321s", interval: "1234s", range: "86421s" };
