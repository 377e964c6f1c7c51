import { styleText } from "node:util";
import type { Screen } from "../lib/screen.ts";

export type Tone = "good" | "bad" | "doubtful" | "quiet";
const TONES = { good: "green", bad: "red", doubtful: "yellow", quiet: "dim" } as const;
const MARKS = { good: "✓", bad: "✗", doubtful: "!", quiet: "·" } as const;
/** Where nobody watches, a line for each phase and every so many seconds is enough. */
const QUIET_EVERY = 15;

/** Progress, on stderr: one line that is rewritten at a terminal, few plain lines elsewhere. */
export interface Narrator {
  readonly step: (tone: Tone, label: string, text: string) => void;
  readonly plain: (text: string) => void;
  /** What is under way: `chapter` and `elapsed` (seconds) decide when a quiet screen speaks. */
  readonly live: (text: string, chapter: string, elapsed: number) => void;
  readonly clearLive: () => void;
}

export function narrator(screen: Screen): Narrator {
  let lastQuiet = Number.NEGATIVE_INFINITY;
  let lastChapter = "";
  let live = false;
  const paint = (tone: Tone, text: string) =>
    screen.color ? styleText(TONES[tone], text, { validateStream: false }) : text;
  const clearLive = () => {
    if (live) screen.write("\r\u001b[2K");
    live = false;
  };
  return {
    step: (tone, label, text) => {
      clearLive();
      screen.write(`${paint(tone, MARKS[tone])} ${label.padEnd(11)} ${text}\n`);
    },
    plain: (text) => {
      clearLive();
      screen.write(`${text}\n`);
    },
    live: (text, chapter, elapsed) => {
      if (screen.tty) {
        const room = Math.max(20, screen.columns() - 1);
        screen.write(`\r\u001b[2K${`· ${"load".padEnd(11)} ${text}`.slice(0, room)}`);
        live = true;
      } else if (chapter !== lastChapter || elapsed - lastQuiet >= QUIET_EVERY) {
        lastQuiet = elapsed;
        lastChapter = chapter;
        screen.write(`· ${"load".padEnd(11)} ${text}\n`);
      }
    },
    clearLive,
  };
}
