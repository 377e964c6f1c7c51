import { stripVTControlCharacters, styleText } from "node:util";
import type { Screen } from "./screen.ts";

/** One line of a board, for one thing that takes time. `done` and `fail` end it. */
export interface Line {
  update(text: string): void;
  done(text: string): void;
  fail(text: string): void;
}

/** Lines of work going on side by side. */
export interface Board {
  line(name: string, text: string): Line;
  /** A line above those that still move. */
  note(text: string): void;
  close(): void;
}

interface Row {
  readonly name: string;
  readonly started: number;
  text: string;
  /** When it was last printed where lines cannot be drawn over; null: not yet. */
  printed: number | null;
}

const REDRAW = 500;
const FIRST = 1_000;
const AGAIN = 15_000;

/**
 * At a terminal every open line is redrawn twice a second. Elsewhere a line is printed once it has taken a second,
 * every 15 seconds from then on, and at its end.
 */
export function createBoard(screen: Screen, now: () => number = Date.now): Board {
  const open = new Set<Row>();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => {
    if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (!screen.tty) return;
    for (const row of open) screen.write(`${cut(moving(row, now()), screen.columns())}\n`);
    drawn = open.size;
  };
  const above = (text: string) => {
    erase();
    screen.write(`${text}\n`);
    draw();
  };
  const tick = () => {
    if (screen.tty) {
      erase();
      draw();
      return;
    }
    for (const row of open) {
      if (now() - (row.printed ?? row.started) < (row.printed === null ? FIRST : AGAIN)) continue;
      row.printed = now();
      screen.write(`${moving(row, now())}\n`);
    }
  };
  const end = (row: Row, mark: string, text: string) => {
    if (!open.delete(row)) return;
    above(`${mark} ${row.name.padEnd(NAME)} ${text}${took(row, now())}`);
    if (open.size === 0) stop();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };

  return {
    line(name, text) {
      const row: Row = { name, started: now(), text, printed: null };
      erase();
      open.add(row);
      draw();
      timer ??= setInterval(tick, REDRAW);
      return {
        update: (next) => {
          row.text = next;
        },
        done: (last) => end(row, paint(screen, "green", "✓"), last),
        fail: (last) => end(row, paint(screen, "red", "✗"), last),
      };
    },
    note: above,
    close() {
      erase();
      open.clear();
      stop();
    },
  };
}

const NAME = 11;

function moving(row: Row, now: number): string {
  return `· ${row.name.padEnd(NAME)} ${row.text} … ${duration(now - row.started)}`;
}

function took(row: Row, now: number): string {
  return now - row.started < FIRST ? "" : ` (${duration(now - row.started)})`;
}

/** Milliseconds as people say them: `8 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function cut(text: string, columns: number): string {
  return stripVTControlCharacters(text).slice(0, Math.max(1, columns - 1));
}

function paint(screen: Screen, color: "green" | "red", text: string): string {
  return screen.color ? styleText(color, text, { validateStream: false }) : text;
}
