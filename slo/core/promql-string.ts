/** A PromQL string literal, decoded, or where (offset into the literal) and why it could not be. */
export type DecodedString =
  | { readonly kind: "ok"; readonly value: string }
  | { readonly kind: "problem"; readonly offset: number; readonly length: number; readonly text: string };

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
};

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|([0-7]{3})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([abfnrtv\\'"]))/y;

const refusal = (offset: number, length: number, text: string): DecodedString => ({
  kind: "problem",
  offset,
  length,
  text,
});

function escapeBytes(match: RegExpExecArray): Uint8Array | undefined {
  const [, hex, octal, short, long, simple] = match;
  if (simple !== undefined) return Uint8Array.of(SIMPLE[simple] ?? 0);
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  if (octal !== undefined) {
    const byte = Number.parseInt(octal, 8);
    return byte > 255 ? undefined : Uint8Array.of(byte);
  }
  const point = Number.parseInt(short ?? long ?? "", 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
  return new TextEncoder().encode(String.fromCodePoint(point));
}

/**
 * Reads a PromQL string literal with its quotes (double, single or backtick) by Go's rules, as Prometheus does:
 * `\xHH` and `\ooo` are bytes, and the whole must be UTF-8.
 */
export function decodePromqlString(literal: string): DecodedString {
  const quote = literal[0];
  const body = literal.slice(1, -1);
  if (quote === "`") return { kind: "ok", value: body };
  const chunks: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let at = 0;
  while (at < body.length) {
    const next = body.indexOf("\\", at);
    const plainEnd = next === -1 ? body.length : next;
    chunks.push(encoder.encode(body.slice(at, plainEnd)));
    at = plainEnd;
    if (next === -1) break;
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(body);
    const wrongQuote = match?.[5] !== undefined && /['"]/.test(match[5]) && match[5] !== quote;
    const bytes = match === null || wrongQuote ? undefined : escapeBytes(match);
    if (match === null || bytes === undefined) {
      return refusal(
        at + 1,
        match?.[0].length ?? 2,
        `PromQL knows no escape \`${match?.[0] ?? body.slice(at, at + 2)}\``,
      );
    }
    chunks.push(bytes);
    at += match[0].length;
  }
  return joinUtf8(chunks, literal.length);
}

function joinUtf8(chunks: readonly Uint8Array[], length: number): DecodedString {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  try {
    return { kind: "ok", value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(all) };
  } catch {
    return refusal(0, length, "the escapes of this string do not make valid UTF-8");
  }
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** The value as a double-quoted PromQL literal that every version of Prometheus reads back as the same text. */
export function encodePromqlString(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  const escaped = value.replace(/[\\"]/g, "\\$&").replace(/\p{Cc}/gu, escapeControl);
  return `"${escaped}"`;
}

function escapeControl(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  if (character === "\r") return "\\r";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
