import { visible } from "./visible.ts";

const LINE_BREAKS = /\s*[\r\n\t]+\s*/g;

/** One line that does nothing to a terminal or a page but show: breaks become spaces, other controls are made visible. */
export function oneLine(text: string): string {
  return visible(text.replace(LINE_BREAKS, " "));
}

/** Breaks at spaces into lines of at most `width` characters; a word that is longer keeps its line to itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && length(last) + 1 + length(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Characters shown, for texts without wide or combining ones. */
export function length(text: string): number {
  return [...text].length;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - length(text)));
}

const ASCII: Readonly<Record<string, string>> = {
  "✓": "+",
  "✗": "x",
  "○": "o",
  "≤": "<=",
  "≥": ">=",
  "·": "-",
  "–": "-",
  "—": "-",
  "→": "->",
  "…": "...",
  µ: "u",
  "≠": "!=",
  "\u202f": " ",
  "\u00a0": " ",
};

/** For a terminal whose locale is not UTF-8. */
export function toAscii(text: string): string {
  return [...text].map((character) => (character <= "\u007f" ? character : (ASCII[character] ?? "?"))).join("");
}
