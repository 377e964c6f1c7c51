/** One scrape: values by series as Prometheus' text format writes them, such as `tasks{status="open"}`. */
export type Samples = Map<string, number>;

export function parseMetrics(text: string): Samples {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** Requests of one label set, as the histogram counts them. */
export function requestCount(samples: Samples, method: string, route: string, status: number): number | undefined {
  return samples.get(
    `http_request_duration_seconds_count{method="${method}",route="${route}",status_code="${status}"}`,
  );
}

/** All requests that the histogram counts. */
export function allRequests(samples: Samples): number {
  return [...samples].reduce(
    (sum, [series, value]) => sum + (series.startsWith("http_request_duration_seconds_count{") ? value : 0),
    0,
  );
}
