import type { Span } from "../promql.ts";
import type { Range } from "./kind.ts";
import type { Written } from "./scalar.ts";

/** Where a stretch of a scalar's text stands in the source: exact where its form allows, else its line or all of it. */
export function placeIn({ text, node, at }: Written, span: Span, source: string): Range {
  const raw = source.slice(at.start, at.end);
  switch (node.type) {
    case "PLAIN":
      return raw === text ? shifted(at.start, span) : at;
    case "QUOTE_SINGLE":
      return raw.includes("\n") ? at : mapped(at, raw, span, /''|./gs);
    case "QUOTE_DOUBLE":
      return raw.includes("\n") ? at : mapped(at, raw, span, /\\(?:x..|u.{4}|U.{8}|.)|./gs);
    case "BLOCK_LITERAL":
      return inBlock(text, at, raw, span);
    default:
      return at;
  }
}

const shifted = (start: number, span: Span): Range => ({
  start: start + span.offset,
  end: start + span.offset + span.length,
});

/** Walks a quoted scalar unit by unit; an escape stands for as many UTF-16 units as its character has. */
function mapped(at: Range, raw: string, span: Span, units: RegExp): Range {
  let decoded = 0;
  let start: number | undefined;
  let end: number | undefined;
  let source = at.start + 1;
  for (const [unit] of raw.slice(1, -1).matchAll(units)) {
    if (start === undefined && decoded >= span.offset) start = source;
    if (end === undefined && decoded >= span.offset + span.length) end = source;
    source += unit.length;
    decoded += Number.parseInt(unit.slice(2), 16) > 0xffff ? 2 : 1;
  }
  const from = start ?? source;
  return { start: from, end: Math.max(end ?? source, from + 1) };
}

/** In a literal block each line of the text is one line of the source, behind the block's indentation. */
function inBlock(text: string, at: Range, raw: string, span: Span): Range {
  const before = text.slice(0, span.offset).split("\n");
  const lines = raw.split("\n");
  const written = text.split("\n")[before.length - 1] ?? "";
  const indent = (lines[before.length] ?? "").trimEnd().length - written.trimEnd().length;
  const lineStart = lines.slice(0, before.length).reduce((sum, line) => sum + line.length + 1, at.start);
  const start = Math.min(lineStart + indent + (before.at(-1)?.length ?? 0), at.end);
  return { start, end: Math.min(start + Math.max(1, span.length), Math.max(at.end, start + 1)) };
}
