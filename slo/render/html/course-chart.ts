import { formatBeside, formatValue } from "../../core/format.ts";
import type { Unit } from "../../core/report.ts";
import type { Phase } from "../../core/run.ts";
import { type Axis, clockText, linearAxis, logAxis, timeAxis } from "./axis.ts";
import { html, type Markup } from "./markup.ts";
import { height, type Marking, place, plot } from "./plot.ts";
import type { Line, Lines, Reading, Step } from "./steps.ts";

/** Lines that can be told from one another. */
export const MOST_LINES = 4;

export interface Course {
  readonly title: string;
  /** What is drawn, as a column's head and for the axis. */
  readonly what: string;
  readonly unit: Unit | "rate";
  /** Spread over powers of ten, so that milliseconds show beside a limit of seconds; else from 0. */
  readonly spread: boolean;
  readonly limit: { readonly value: number; readonly text: string } | null;
  readonly lines: Lines;
  readonly phases: readonly Phase[];
  /** The phase that was judged; null: none in particular. */
  readonly judged: string | null;
  /** The run's, unix seconds. */
  readonly from: number;
  readonly to: number;
}

/** Something over the run: steps with the phases behind them, the limit across, and every value in a table. */
export function courseChart(course: Course): Markup {
  const { title, what, unit, limit, lines } = course;
  if (lines.steps.length === 0) return html`<p class="none">No course to show: fewer than two samples.</p>`;
  const shown = lines.lines.slice(0, MOST_LINES);
  const x = timeAxis(course.from, course.to);
  const y = yAxis(course, shown);
  const several = shown.length > 1;
  const legend = several
    ? html`<ul class="legend">${shown.map(({ name }, index) => html`<li class="line${index + 1}">${name}</li>`)}</ul>`
    : null;
  const left =
    lines.lines.length > shown.length
      ? html`<p class="left">Left out: ${lines.lines.length - shown.length} more lines, of lower values.</p>`
      : null;
  return html`<figure><figcaption>${title}</figcaption>${legend}${plot({
    title,
    description: `${title}: ${lines.steps.length} steps, in the table below`,
    y,
    yText: unit === "rate" ? `${what} a second` : what,
    x: x.ticks,
    xText: "minutes:seconds into the run",
    bands: bandsOf(course, x),
    shapes: shown.map((line, index) => shapeOf(line, lines.steps, x, y, index + 1)),
    limit: limit === null ? null : { along: "y", at: y.at(limit.value), text: limit.text },
  })}${left}${valuesTable(course, shown, x)}</figure>`;
}

function yAxis({ unit, spread, limit }: Course, lines: readonly Line[]): Axis {
  const values = lines.flatMap(({ readings }) =>
    readings.flatMap((one) => [one?.value, one?.lower, one?.upper].filter((value) => typeof value === "number")),
  );
  const all = limit === null ? values : [...values, limit.value];
  const positive = all.filter((value) => value > 0);
  if (spread && unit !== "rate" && positive.length > 0) return logAxis(minimum(positive), maximum(positive), unit);
  return linearAxis(maximum(all) * 1.08, unit);
}

// Spread arguments would overflow the stack where a run has many steps and replicas.
const maximum = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
const minimum = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

function bandsOf({ phases, judged }: Course, x: Axis): readonly Marking[] {
  return phases.map(({ name, from, to }) => ({
    from: x.at(from),
    to: x.at(to),
    name,
    tone: name === judged ? "judged" : "phase",
  }));
}

function shapeOf({ readings }: Line, steps: readonly Step[], x: Axis, y: Axis, tone: number): Markup {
  const area = steps.flatMap(({ from, to }, index) => areaOf(readings[index] ?? null, x.at(from), x.at(to), y));
  const enclosed = area.length === 0 ? null : html`<path class="between" d="${area.join("")}"/>`;
  return html`${enclosed}<path class="line${tone}" d="${pathOf(readings, steps, x, y)}"/>`;
}

function areaOf(reading: Reading | null, from: number, to: number, y: Axis): readonly string[] {
  if (reading?.lower === undefined || reading.upper === undefined) return [];
  const [low, high] = [y.at(reading.lower ?? 0), reading.upper === null ? 1 : y.at(reading.upper)];
  return [`M${place(from)} ${height(low)}H${place(to)}V${height(high)}H${place(from)}z`];
}

/** Broken where a step has no value or does not begin where the last one ended. */
function pathOf(readings: Line["readings"], steps: readonly Step[], x: Axis, y: Axis): string {
  let end: number | null = null;
  return steps
    .map(({ from, to }, index) => {
      const reading = readings[index] ?? null;
      const value = reading?.value ?? reading?.lower ?? null;
      if (value === null) {
        end = null;
        return "";
      }
      const row = height(y.at(value));
      const text = from === end ? `V${row}H${place(x.at(to))}` : `M${place(x.at(from))} ${row}H${place(x.at(to))}`;
      end = to;
      return text;
    })
    .join("");
}

function valuesTable({ lines, what, unit, limit, from }: Course, shown: readonly Line[], x: Axis): Markup {
  const heads = shown.length > 1 ? shown.map(({ name }) => name) : [what];
  const rows = lines.steps.map(
    (step, index) =>
      html`<tr data-x="${place((x.at(step.from) + x.at(step.to)) / 2)}"><th scope="row">${clockText(step.from - from)}</th>${shown.map(
        ({ readings }) => html`<td>${readingText(readings[index] ?? null, unit, limit?.value ?? null)}</td>`,
      )}</tr>`,
  );
  return html`<details class="values"><summary>Values</summary><div class="scroll" tabindex="0" role="group" aria-label="Values"><table><thead><tr><th scope="col">from</th>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function readingText(reading: Reading | null, unit: Unit | "rate", limit: number | null): string {
  if (reading === null) return "–";
  const show = (value: number) => {
    if (unit === "rate") return `${formatValue(value, "number")}/s`;
    return limit === null ? formatValue(value, unit) : formatBeside(value, limit, unit);
  };
  const { value, lower, upper } = reading;
  if (value === null) return lower === undefined || lower === null ? "–" : `> ${show(lower)}`;
  if (lower === undefined || upper === undefined || lower === null || upper === null) return show(value);
  return `${show(value)} (${show(lower)} – ${show(upper)})`;
}
