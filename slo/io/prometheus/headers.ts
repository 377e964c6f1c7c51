/** A header of our own; its value is never to be shown. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export type HeaderReading =
  | { readonly kind: "header"; readonly header: Header }
  | { readonly kind: "problem"; readonly text: string };

/** Characters of a header's name (RFC 9110, 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What a header's value may hold: no line break, which would begin another header (RFC 9110, 5.5). */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Belong to the connection or to the body, which the request itself decides. */
const RESERVED = new Set([
  "host",
  "connection",
  "content-length",
  "content-type",
  "content-encoding",
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
  "expect",
  "accept-encoding",
]);

/** Reads `Name: value`. `where` names its place; what is wrong is told without any of the text, which may be a secret. */
export function readHeader(text: string, where: string): HeaderReading {
  const problem = (what: string): HeaderReading => ({ kind: "problem", text: `${where} ${what}` });
  const colon = text.indexOf(":");
  if (colon === -1) return problem('has no colon: write it as "Name: value"');
  const [name, value] = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  if (name === "") return problem('has no name before its colon: write it as "Name: value"');
  if (!NAME.test(name)) {
    return problem(
      "has a name with a character that no header's name may have, such as a space: see what stands before its colon",
    );
  }
  if (value === "") {
    return problem(`(${name}) has no value: put it in quotes with its name, and see that no variable in it is unset`);
  }
  if (!VALUE.test(value)) {
    return problem(`(${name}) has a value with a line break or another character that no header may carry`);
  }
  if (RESERVED.has(name.toLowerCase())) return problem(`(${name}) cannot be set: each request has its own`);
  return { kind: "header", header: { name, value } };
}

/** The first header whose name stands twice, whatever its case. */
export function twice(headers: readonly Header[]): Header | undefined {
  return headers.find(({ name }, index) => headers.slice(0, index).some((other) => sameName(other.name, name)));
}

/** Each name once: what comes later takes the place of what came before. */
export function overlaid(headers: readonly Header[]): readonly Header[] {
  return headers.filter(({ name }, index) => !headers.slice(index + 1).some((later) => sameName(later.name, name)));
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
