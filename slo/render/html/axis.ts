import { scaleLinear, scaleLog, scaleUtc } from "d3-scale";
import { formatValue } from "../../core/format.ts";
import type { Unit } from "../../core/report.ts";

export interface Tick {
  /** 0..1 of the axis, from its low end. */
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  /** 0..1 of the axis, clipped to it. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

const WANTED = 5;
const KIB = 1024;

const clip = (share: number) => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);

/** From 0 to a round number at or above `most`. */
export function linearAxis(most: number, unit: Unit | "rate"): Axis {
  const step = unit === "bytes" ? binaryUnit(most) : 1;
  const scale = scaleLinear([0, 1])
    .domain([0, most > 0 ? most / step : 1])
    .nice(WANTED);
  const ticks = scale.ticks(WANTED).map((value) => ({ at: clip(scale(value)), text: tickText(value * step, unit) }));
  return { at: (value) => clip(scale(value / step)), ticks };
}

/** Bytes are read in powers of 1024, and so round numbers are round in those. */
function binaryUnit(most: number): number {
  return KIB ** Math.max(0, Math.floor(Math.log(Math.max(1, most)) / Math.log(KIB)));
}

/** In powers of ten, with 1, 2 and 5 of each where there is room for them. */
export function logAxis(least: number, most: number, unit: Unit): Axis {
  const [low, high] = [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))];
  const scale = scaleLog([0, 1]).domain([low, high > low ? high : low * 10]);
  const powers = Math.round(Math.log10(high / low));
  const leading = powers <= 1 ? [1, 2, 5] : [1];
  const ticks = scale
    .ticks()
    .filter((value) => leading.includes(Math.round(value / 10 ** Math.floor(Math.log10(value * 1.000001)))))
    .map((value) => ({ at: clip(scale(value)), text: tickText(value, unit) }));
  return { at: (value) => (value > 0 ? clip(scale(value)) : 0), ticks };
}

function tickText(value: number, unit: Unit | "rate"): string {
  return unit === "rate" ? formatValue(value, "number") : formatValue(value, unit);
}

/** Time into the run, at round minutes and seconds. */
export function timeAxis(from: number, to: number): Axis {
  const scale = scaleUtc([0, 1]).domain([0, Math.max(to - from, 0.001) * 1000]);
  const ticks = scale.ticks(WANTED).map((time) => ({ at: clip(scale(time)), text: clockText(time.getTime() / 1000) }));
  return { at: (time) => clip(scale((time - from) * 1000)), ticks };
}

/** `0:12.5`, `2:05`, `1:02:05`: seconds into the run. */
export function clockText(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const [whole, tenth] = [Math.floor(tenths / 10), tenths % 10];
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${head}:${two(rest)}${tenth === 0 ? "" : `.${tenth}`}`;
}
