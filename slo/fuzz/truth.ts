import { FAILED, type Life, type Process, scraped } from "../core/fixtures/lives.ts";
import { clientCounts, errors, fileOf, latency, OBSERVED, runFile, verdictOf } from "../core/fixtures/scene.ts";
import type { Report, ReportedObjective } from "../core/report.ts";
import { PHASE, type RandomLives, randomLives } from "./random-lives.ts";

/** Seconds around the phase for which the judge asks, less a scrape. */
const ASKED = 27;
/** Spacings before the phase within which a target was surely seen as its neighbour. */
const NEAR = 2;

interface Truth {
  readonly total: number;
  readonly failed: number;
  readonly slow: number;
}

function truthOf(lives: readonly Life[]): Truth {
  const calls = lives
    .flatMap(({ processes }) => processes.flatMap((process) => process.calls))
    .filter(({ time }) => time > PHASE.from && time <= PHASE.to);
  return {
    total: calls.length,
    failed: calls.filter(({ labels }) => labels === FAILED).length,
    slow: calls.filter(({ seconds }) => seconds > 0.3).length,
  };
}

function inPhase({ calls }: Process): boolean {
  return calls.some(({ time }) => time > PHASE.from && time <= PHASE.to);
}

/** A process of it answered, and nothing in Prometheus tells that it was there: only k6 can know of it. */
function isHidden({ processes, scrapes }: Life, every: number): boolean {
  const busy = processes.filter(inPhase);
  if (busy.length === 0) return false;
  const asked = scrapes.filter(({ time }) => time > PHASE.from - ASKED && time <= PHASE.to + ASKED);
  const [first] = asked;
  // Before Prometheus had ever heard of the target, another process may have had its address.
  if (first === undefined || busy.some(({ to }) => to <= first.time)) return true;
  const after = asked.filter(({ time }) => time > PHASE.to);
  const known = after.some(({ time, up }) => up === 1 && busy.some(({ from, to }) => from <= time && time < to));
  const around = first.time < PHASE.from && after.length > 0;
  return !known && !around && !asked.some(({ time }) => time >= PHASE.from - NEAR * every && time <= PHASE.to);
}

/** A pass that is none; null: there is none. */
function falsePass(one: ReportedObjective, bad: number, allowed: number, truth: Truth, exact: boolean): string | null {
  if (one.verdict !== "pass") return null;
  const { total } = truth;
  const counted = one.counts === null ? "nothing" : `${one.counts.badAtMost ?? one.counts.bad} of ${one.counts.total}`;
  const told = `${one.name} passes ${allowed} with ${counted}; the truth is ${bad} of ${total}`;
  if (total === 0 || bad / total > allowed + 1e-12) return told;
  return exact && counted !== `${bad} of ${total}` ? told : null;
}

function judged(seed: number): { readonly world: RandomLives; readonly report: Report; readonly why: string | null } {
  const world = randomLives(seed);
  const { lives, paused, every, random } = world;
  const truth = truthOf(lives);
  const asRun = random() < (paused ? 0.85 : 0.3);
  const [limit = 0, percentile = 50] = [
    [0, 0.005, 0.02, 0.06, 0.15, 0.3][Math.floor(random() * 6)],
    [99.5, 98, 95, 90, 70][Math.floor(random() * 5)],
  ];
  const phase = asRun ? "steady" : "window";
  const file = fileOf(
    errors({ limit, confidence: OBSERVED, phase }),
    latency({ percentile, confidence: OBSERVED, phase }),
  );
  const run = asRun
    ? runFile({ client: [clientCounts({ answered: truth.total })] })
    : { window: { name: "window", ...PHASE, quiet: false } };
  const report = verdictOf(file, run, { targets: lives.map(scraped) });
  // Who says that the load paused, and did not pause, is caught by k6's count alone.
  const known = !lives.some((life) => isHidden(life, every)) && !(asRun && !paused);
  if (!known && report.verdict !== "pass") return { world, report, why: null };
  if (!known && !asRun) return { world, report, why: null };
  const [ratio, slow] = report.objectives;
  if (ratio === undefined || slow === undefined) throw new Error("not all objectives were judged");
  const why =
    falsePass(ratio, truth.failed, limit, truth, asRun) ??
    falsePass(slow, truth.slow, 1 - percentile / 100, truth, asRun);
  return { world, report, why };
}

/** Judges random lives against what truly happened. Throws where something passes that was not so. */
export function judgeLives(seed: number): Report {
  const { report, why } = judged(seed);
  if (why !== null) throw new Error(why);
  return report;
}

/** The lives of a seed, to be read; scrapes in vain with a minus. */
export function livesText(seed: number): string {
  const { lives, paused, every } = randomLives(seed);
  const told = lives.map((life) => ({
    ...life,
    processes: life.processes.map(({ from, to, calls }) => ({ from, to, calls: calls.length })),
    scrapes: scraped(life).scrapes.map(({ time, up }) => (up === 1 ? time : -time)),
  }));
  return JSON.stringify({ seed, paused, every, lives: told });
}
