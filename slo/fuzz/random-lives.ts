import { ANSWERED, FAILED, type Life, type Process } from "../core/fixtures/lives.ts";
import type { Call } from "../core/fixtures/service.ts";
import { randomOf } from "../testing/random-history.ts";

/** The phase that is judged, unix seconds, and how far around it things happen. */
export const PHASE = { from: 1000, to: 1030 } as const;
const SEEN = { from: 960, to: 1100 } as const;
const TRAFFIC = { from: 960, to: 1090 } as const;
/** Where the load pauses, with room for two scrapes of the slowest. */
const PAUSES = [
  [996, 1000.001],
  [1029.9, 1037],
] as const;

type Span = readonly [from: number, to: number];

export interface RandomLives {
  readonly lives: readonly Life[];
  /** No requests around the phase's edges. */
  readonly paused: boolean;
  /** Seconds between scrapes. */
  readonly every: number;
  /** Drawn on by whoever judges. */
  readonly random: () => number;
}

interface Draw {
  readonly random: () => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <Item>(first: Item, ...others: readonly Item[]) => Item;
  readonly between: (from: number, to: number) => number;
}

function drawing(random: () => number): Draw {
  return {
    random,
    chance: (share) => random() < share,
    pick: (first, ...others) => [first, ...others][Math.floor(random() * (others.length + 1))] ?? first,
    between: (from, to) => from + random() * (to - from),
  };
}

function within(time: number, spans: readonly Span[]): boolean {
  return spans.some(([from, to]) => time >= from && time <= to);
}

interface Weather {
  readonly troubled: boolean;
  readonly paused: boolean;
  readonly every: number;
  /** Requests a second of a replica, about. */
  readonly rate: number;
  readonly badShare: number;
  /** All requests are bad. */
  readonly bursts: readonly Span[];
  /** Prometheus was away. */
  readonly outages: readonly Span[];
}

function weather(draw: Draw): Weather {
  const { chance, pick, between } = draw;
  const troubled = chance(0.7);
  const span = (longest: number): Span => {
    const at = between(985, 1045);
    return [at, at + between(0, longest)];
  };
  return {
    troubled,
    paused: chance(0.6),
    every: pick(0.5, 1, 1, 2),
    rate: pick(2, 10, 40),
    badShare: pick(0, 0.01, 0.05, 0.2),
    bursts: chance(0.3) ? [span(3)] : [],
    outages: troubled && chance(0.25) ? [span(12)] : [],
  };
}

/** One process after the other, with crashes between them. */
function spansOf({ chance, pick, between }: Draw, troubled: boolean): readonly Span[] {
  const spans: Span[] = [];
  const end = troubled && chance(0.15) ? between(985, 1045) : SEEN.to;
  let from = chance(0.85) ? 900 : between(960, 1040);
  while (from < end && spans.length < 5) {
    const crashed = troubled && chance(0.3);
    const to = crashed ? Math.min(end, Math.max(from + 0.2, 975) + between(0, 70)) : end;
    spans.push([from, to]);
    from = to + pick(0, 0.02, 0.5, 2, 8) * between(0.5, 1.5);
  }
  return spans;
}

function callsOf(draw: Draw, [from, to]: Span, { paused, rate, badShare, bursts }: Weather): readonly Call[] {
  const { random, chance, pick, between } = draw;
  const calls: Call[] = [];
  const own = rate * between(0.3, 1.3);
  const pauses = paused ? PAUSES : [];
  const step = () => -Math.log(1 - random()) / own;
  for (let time = Math.max(from, TRAFFIC.from) + step(); time < Math.min(to, TRAFFIC.to); time += step()) {
    if (within(time, pauses)) continue;
    const labels = chance(badShare) || within(time, bursts) ? FAILED : ANSWERED;
    calls.push({ time, seconds: chance(badShare) ? pick(0.5, 3) : pick(0.02, 0.2), labels });
  }
  return calls;
}

/** Scrapes on their beat, some in vain and some not at all, none while Prometheus was away or did not know the target. */
function scrapesOf(draw: Draw, since: number, { troubled, every, outages }: Weather): Life["scrapes"] {
  const { chance, pick, between } = draw;
  const [offset, jitter] = [between(0, 1), pick(0, 0, 0.1, 0.4)];
  const [failing, missing] = troubled ? [pick(0, 0, 0.02, 0.1), pick(0, 0, 0.02, 0.1)] : [0, 0];
  const lost = (): Span =>
    chance(0.5) ? [between(980, 1000), between(1000, 1055)] : [between(1000.5, 1028.5), between(1000, 1100)];
  const unknown = troubled && chance(0.15) ? [...outages, lost()] : outages;
  const count = Math.floor((SEEN.to - SEEN.from - offset) / every);
  return Array.from({ length: count }, (_, index) => {
    const beat = SEEN.from + offset + index * every;
    const time = Math.round((beat + between(-0.5, 0.5) * jitter * every) * 1000) / 1000;
    return { time, up: chance(failing) ? (0 as const) : (1 as const), missed: chance(missing) };
  }).flatMap(({ time, up, missed }) => (missed || time < since || within(time, unknown) ? [] : [{ time, up }]));
}

function lifeOf(draw: Draw, instance: string, around: Weather): Life {
  const spans = spansOf(draw, around.troubled);
  const processes = spans.map((span): Process => {
    const [from, to] = span;
    return { from, to, calls: callsOf(draw, span, around) };
  });
  const [first = 0] = spans[0] ?? [];
  const scrapes = scrapesOf(draw, first > SEEN.from ? first : 0, around);
  return { instance, processes, scrapes, startRounding: draw.pick(0, 0, 0.01, 1), initialized: draw.chance(0.5) };
}

/** One to three replicas of a service, and what happened to them around the phase; the same for the same seed. */
export function randomLives(seed: number): RandomLives {
  const random = randomOf((seed % 2_147_483_646) + 1);
  // The first draws of neighbouring seeds are alike.
  for (let warm = 0; warm < 5; warm += 1) random();
  const draw = drawing(random);
  const around = weather(draw);
  const replicas = draw.pick(1, 1, 2, 3);
  const lives = Array.from({ length: replicas }, (_, index) => lifeOf(draw, `r${index}:9464`, around));
  return { lives, paused: around.paused, every: around.every, random };
}
