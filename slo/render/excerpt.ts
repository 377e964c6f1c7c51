import stringWidth from "string-width";

/** A source line as it can be shown, and where in it (in terminal columns) the marked stretch stands. */
export interface Excerpt {
  readonly text: string;
  readonly caretAt: number;
  readonly caretWidth: number;
}

interface Cell {
  /** Offset in the line, UTF-16 units. */
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

/** Makes text safe and fit for the screen. */
type Show = (text: string) => string;

const TAB = "    ";
/** Enough of a line on either side that no window cuts into it; the rest is never measured. */
const REACH = 400;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function cellsOf(line: string, offset: number, show: Show): Cell[] {
  return [...graphemes.segment(line)].map(({ segment, index }) => {
    const text = segment === "\t" ? TAB : show(segment);
    return { offset: offset + index, text, width: stringWidth(text) };
  });
}

const widthOf = (cells: readonly Cell[]) => cells.reduce((sum, { width }) => sum + width, 0);

/** Cuts the line to `room` columns around the stretch from `column` (from 1) of `length` UTF-16 units. */
export function excerpt(line: string, column: number, length: number, room: number, show: Show): Excerpt {
  const start = Math.min(column - 1, line.length);
  const end = Math.min(start + length, line.length);
  const from = Math.max(0, start - REACH);
  const cells = cellsOf(line.slice(from, start + REACH), from, show);
  const first = cells.findLastIndex(({ offset }) => offset <= start);
  const marked = start >= line.length ? cells.length : Math.max(0, first);
  const left = cutLeft(cells, marked, room, from > 0);
  const shown = cutRight(cells.slice(left), room);
  const before = cells.slice(left, marked);
  const under = shown.filter(({ offset }) => offset >= (cells[marked]?.offset ?? line.length) && offset < end);
  const lead = left > 0 || from > 0 ? show("…") : "";
  const tail = left + shown.length < cells.length || start + REACH < line.length ? show("…") : "";
  return {
    text: `${lead}${shown.map(({ text }) => text).join("")}${tail}`.trimEnd(),
    caretAt: lead.length + widthOf(before),
    caretWidth: Math.max(1, widthOf(under)),
  };
}

/** First cell to show: the line's start if the mark fits, else what leaves a third of the room before the mark. */
function cutLeft(cells: readonly Cell[], marked: number, room: number, cut: boolean): number {
  const fits = widthOf(cells) <= room || widthOf(cells.slice(0, marked + 1)) <= (room * 2) / 3;
  if (fits && !cut) return 0;
  let left = marked;
  for (let width = 0; left > 0 && width < room / 3; left--) width += cells[left - 1]?.width ?? 0;
  return left;
}

function cutRight(cells: readonly Cell[], room: number): readonly Cell[] {
  let width = 0;
  const over = cells.findIndex((cell) => {
    width += cell.width;
    return width > room;
  });
  return over === -1 ? cells : cells.slice(0, over);
}
