import { benchMany } from "./many.ts";
import { benchSoak } from "./soak.ts";

/** Ratios within one run and sizes are what is promised; times are this machine's. */
const whole = (value: number) => Math.round(value).toLocaleString("en").replaceAll(",", " ");
const say = (line: string) => process.stdout.write(`${line}\n`);

const MANY = { objectives: 1000, selectors: 40, series: 100_000, rounds: 9 };
const many = await benchMany(MANY);
say(
  `many objectives  ${whole(MANY.objectives)} over ${MANY.selectors} selectors, ${whole(MANY.series)} series in Prometheus, 2 min at 5 s`,
);
say(`  together       ${whole(many.together)} ms, counts and buckets of all, fetched and reduced`);
say(`  one by one     ${whole(many.oneByOne)} ms, one query each in sequence`);
say(`  ratio          ${(many.oneByOne / many.together).toFixed(1)} times as fast (promised: 30)`);
say(`  judging        ${whole(many.judging)} ms for all verdicts, from that evidence`);
say(`  requests       ${many.requests} for ${many.metricNames} metric names (promised: one each at most)`);
say(`  memory         ${whole(many.memory)} MiB at the peak of slo check (promised: 200)`);

const SOAK = { length: 3600, series: 2000 };
const soak = await benchSoak(SOAK);
say(`one-hour soak    ${whole(SOAK.series)} series, a scrape a second: ${whole(soak.samples)} samples`);
say(`  judged in      ${soak.seconds.toFixed(1)} s by slo check, from its start to its end (promised: about 10)`);
say(`  counts         ${whole(soak.counted)} of ${whole(soak.truth)} requests`);
say(
  `  evidence.json  ${soak.evidence.toFixed(2)} MiB (promised: 20); judged again: ${soak.same ? "the same bytes" : "ANOTHER REPORT"}`,
);
say(`  memory         ${whole(soak.memory)} MiB at the peak of slo check`);
