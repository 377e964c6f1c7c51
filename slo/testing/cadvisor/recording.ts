import { readFile } from "node:fs/promises";
import type { RawSeries } from "../../core/fetched.ts";

export interface Recording {
  /** The phase in which it all happened, unix seconds. */
  readonly from: number;
  readonly to: number;
  readonly series: readonly RawSeries[];
}

/** Holds a time as its value. */
const START = "container_start_time_seconds";

/**
 * What a Prometheus held of Docker's and of Kubernetes' containers, recorded by record.sh, as if its phase had begun at
 * `from`: what is old is not kept by a Prometheus.
 */
export async function readRecording(from: number): Promise<Recording> {
  const text = await readFile(new URL("recording.jsonl", import.meta.url), "utf8");
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const recorded = JSON.parse(head) as { from: number; to: number };
  const series = lines.map((line): RawSeries => {
    const { labels, times, values } = JSON.parse(line) as RawSeries;
    const shift = labels.__name__ === START ? from - recorded.from : 0;
    return {
      labels,
      times: times.map((milliseconds) => from + milliseconds / 1000),
      values: values.map((value) => value + shift),
    };
  });
  return { from, to: from + recorded.to - recorded.from, series };
}
