import type { Axis, Tick } from "./axis.ts";
import { html, type Markup } from "./markup.ts";

/** Plots are this high; their width is whatever the page gives them. Pixels. */
const HEIGHT = 168;
const BELOW = 20;
const ABOVE = 18;

/** Shapes inside a plot live in a square of 1000 by 1000 that is stretched to the plot's size. */
export const SQUARE = 1000;

export const place = (share: number): number => Math.round(share * SQUARE);
/** From the top, where the square counts from. */
export const height = (share: number): number => SQUARE - place(share);

export interface Marking {
  /** 0..1 of the width. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly tone: "phase" | "judged" | "interval";
}

export interface Plot {
  readonly title: string;
  /** What it shows, in a sentence, for who cannot see it. */
  readonly description: string;
  readonly y: Axis;
  /** What the y axis counts. */
  readonly yText: string;
  readonly x: readonly Tick[];
  readonly xText: string;
  readonly bands: readonly Marking[];
  /** In the square's units. */
  readonly shapes: readonly Markup[];
  /** A limit: 0..1 from the bottom or from the left. */
  readonly limit: { readonly along: "x" | "y"; readonly at: number; readonly text: string } | null;
}

/** Labels nearer to one another than this share of the width would run together on a phone. */
const CLOSE = 0.2;
/** Half of a label's width: one at either end stands beside its place, not around it. */
const ASIDE = 0.09;
/** A band narrower than this has no room for its name. */
const NARROW = 0.16;

const percent = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, "")}%`;
const rowOf = (share: number): string => (ABOVE + (1 - share) * HEIGHT).toFixed(1);

/** A plot whose labels keep their size at every width: two SVGs side by side, the y labels and the plot. */
export function plot(given: Plot): Markup {
  const total = ABOVE + HEIGHT + BELOW;
  return html`<div class="plot"><svg class="y" height="${total}" aria-hidden="true">${given.y.ticks.map(
    ({ at, text }) => html`<text x="100%" y="${rowOf(at)}" dy=".32em" text-anchor="end">${text}</text>`,
  )}</svg><svg class="area" height="${total}" role="img" aria-label="${given.description}">${given.bands.map(band)}<g class="grid">${given.y.ticks.map(
    ({ at }) => html`<line x1="0" x2="100%" y1="${rowOf(at)}" y2="${rowOf(at)}"/>`,
  )}</g>${spaced(given.x).map(
    ({ at, text }) => html`<text x="${percent(at)}" y="${total - 5}" text-anchor="${anchor(at)}">${text}</text>`,
  )}<svg y="${ABOVE}" width="100%" height="${HEIGHT}" viewBox="0 0 ${SQUARE} ${SQUARE}" preserveAspectRatio="none">${given.shapes}</svg>${given.limit === null ? null : limitLine(given.limit)}</svg></div><p class="axes">${given.yText} · ${given.xText}</p>`;
}

function band({ from, to, name, tone }: Marking): Markup {
  const text =
    to - from < NARROW
      ? null
      : html`<text class="name" x="${percent((from + to) / 2)}" y="12" text-anchor="middle">${name}</text>`;
  return html`<rect class="${tone}" x="${percent(from)}" y="${ABOVE}" width="${percent(Math.max(0, to - from))}" height="${HEIGHT}"/>${text}`;
}

function limitLine({ along, at, text }: NonNullable<Plot["limit"]>): Markup {
  if (along === "y")
    return html`<line class="limit" x1="0" x2="100%" y1="${rowOf(at)}" y2="${rowOf(at)}"/><text class="limit" x="2" y="${rowOf(at)}" dy="${at > 0.92 ? "1.1em" : "-.35em"}">${text}</text>`;
  return html`<line class="limit" x1="${percent(at)}" x2="${percent(at)}" y1="${ABOVE - 4}" y2="${ABOVE + HEIGHT}"/><text class="limit" x="${percent(at)}" y="11" text-anchor="${anchor(at)}">${text}</text>`;
}

function anchor(at: number): string {
  if (at < 0.1) return "start";
  return at > 0.9 ? "end" : "middle";
}

/** The middle of a label, 0..1 of the width. */
function middle(at: number): number {
  if (anchor(at) === "start") return at + ASIDE;
  return anchor(at) === "end" ? at - ASIDE : at;
}

function spaced(ticks: readonly Tick[]): readonly Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || middle(tick.at) - middle(last.at) >= CLOSE) kept.push(tick);
  }
  return kept;
}
