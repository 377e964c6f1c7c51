import type { RawSeries } from "../core/fetched.ts";

/** Park and Miller's generator: the same histories on every machine. */
export function randomOf(seed: number): () => number {
  const state = { at: seed };
  return () => {
    state.at = (state.at * 48_271) % 2_147_483_647;
    return state.at / 2_147_483_647;
  };
}

interface Life {
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
  readonly job: string;
  readonly instance: string;
  readonly random: () => number;
}

const CODES = ["200", "404", "500"] as const;
const EDGES = ["0.1", "0.5", "+Inf"] as const;

interface Counter {
  readonly labels: Record<string, string>;
  readonly times: number[];
  readonly values: number[];
  /** Requests of this many a scrape at most. */
  readonly rate: number;
  value: number;
  /** null: not born yet. */
  born: boolean;
  absentUntil: number;
}

/**
 * A target's series over its life, a scrape a second: counters that are born late, fall, vanish and come back, restarts
 * of the process, failed scrapes and gaps without any, each seldom enough that most of the time nothing happens.
 */
export function randomTarget({ from, to, job, instance, random }: Life): readonly RawSeries[] {
  const target = { job, instance };
  const offset = Math.floor(random() * 1000) / 1000;
  const tells = random() < 0.8;
  const up = { labels: { __name__: "up", ...target }, times: [] as number[], values: [] as number[] };
  const start = {
    labels: { __name__: "process_start_time_seconds", ...target },
    times: [] as number[],
    values: [] as number[],
  };
  const counters = [
    ...CODES.map((code) =>
      counter({ __name__: "requests_total", ...target, code }, code === "200" ? 40 : 0.02, random),
    ),
    ...EDGES.map((le) => counter({ __name__: "seconds_bucket", ...target, le }, 20, random)),
  ];
  let startedAt = from - 500;
  let downUntil = 0;
  let silentUntil = 0;
  for (let second = from; second < to; second += 1) {
    const time = second + offset;
    if (random() < 0.002) silentUntil = second + random() * 8;
    if (random() < 0.002) downUntil = second + random() * 6;
    if (random() < 0.003) {
      startedAt = time - random();
      for (const one of counters) reborn(one, random);
    }
    // Another process that has counted on, or further than the last one had been seen to: nothing falls.
    if (random() < 0.001) startedAt = time - random();
    for (const one of counters) live(one, second, random);
    sumUp(counters);
    if (second < silentUntil) continue;
    up.times.push(time);
    up.values.push(second < downUntil ? 0 : 1);
    if (second < downUntil) continue;
    if (tells) {
      start.times.push(time);
      start.values.push(Math.round(startedAt * 1000) / 1000);
    }
    for (const one of counters) {
      if (!one.born || second < one.absentUntil) continue;
      one.times.push(time);
      one.values.push(one.value);
    }
  }
  const all = [up, start, ...counters.map(({ labels, times, values }) => ({ labels, times, values }))];
  return all.filter(({ times }) => times.length > 0);
}

function counter(labels: Record<string, string>, rate: number, random: () => number): Counter {
  const born = rate > 1 || random() < 0.3;
  return { labels, times: [], values: [], rate, value: Math.floor(random() * 1000), born, absentUntil: 0 };
}

function reborn(one: Counter, random: () => number): void {
  one.value = 0;
  one.born = one.rate > 1 || random() < 0.5;
}

function live(one: Counter, second: number, random: () => number): void {
  const more = one.rate > 1 ? Math.floor(random() * one.rate) : random() < one.rate ? 1 : 0;
  if (more > 0) one.born = true;
  one.value += more;
  if (one.labels.le !== undefined) return;
  if (random() < 0.0008) one.absentUntil = second + random() * 5;
  if (random() < 0.0008) one.value = Math.floor(random() * 5);
}

/** Buckets rise from edge to edge. */
function sumUp(counters: readonly Counter[]): void {
  const buckets = counters.filter(({ labels }) => labels.le !== undefined);
  for (const [index, one] of buckets.entries()) one.value = Math.max(one.value, buckets[index - 1]?.value ?? 0);
}
