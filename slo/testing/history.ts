import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import type { RawSeries } from "../core/fetched.ts";

const run = promisify(execFile);

/** A past that nobody needs to wait for: series with `__name__` among their labels, to be in Prometheus when it starts. */
export type History = Iterable<RawSeries>;

/** Writes the history as blocks into a Prometheus' data folder, by promtool; takes seconds for millions of samples. */
export async function writeHistory(history: History, folder: string): Promise<void> {
  const promtool = process.env.PROMTOOL_BIN;
  if (promtool === undefined || promtool === "")
    throw new Error("PROMTOOL_BIN names no promtool: run `npm test`, which brings one");
  const text = join(folder, "history.txt");
  await pipeline(Readable.from(exposition(history)), createWriteStream(text));
  await run(promtool, ["tsdb", "create-blocks-from", "openmetrics", "--quiet", text, join(folder, "data")]);
}

/** OpenMetrics text, a piece a series. */
function* exposition(history: History): Generator<string> {
  for (const { labels, times, values } of history) {
    const { __name__: name = "", ...others } = labels;
    const pairs = Object.entries(others).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
    const head = `${name}{${pairs.join(",")}}`;
    yield times.map((time, index) => `${head} ${valueText(values[index] ?? 0)} ${time.toFixed(3)}\n`).join("");
  }
  yield "# EOF\n";
}

function valueText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
