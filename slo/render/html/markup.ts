import { oneLine } from "../text.ts";
import { visible } from "../visible.ts";

/** Text that is markup on purpose: only `html`'s own templates, the page's style and its script make any. */
export interface Markup {
  readonly kind: "markup";
  readonly text: string;
}

export type Part = Markup | string | number | null | readonly Part[];

/** Characters that any one text may take in the page; what is longer is cut, and says so. */
const LONGEST = 4000;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup from a template: every value in it is text, escaped for content and for attributes in double quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = literals.map((literal, index) => literal + (index < parts.length ? shown(parts[index] ?? null) : ""));
  return { kind: "markup", text: text.join("") };
}

/** The page's own style and script, never what a report says. */
export function own(text: string): Markup {
  return { kind: "markup", text };
}

function shown(part: Part): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escaped(part);
  return "text" in part ? part.text : part.map(shown).join("");
}

/** Text with its line breaks, for where they show: what is to be pasted elsewhere. */
export function verbatim(text: string): Markup {
  const lines = cut(text).split(/\r\n|[\r\n]/);
  return { kind: "markup", text: entities(lines.map(visible).join("\n")) };
}

function escaped(text: string): string {
  return entities(oneLine(cut(text)));
}

function entities(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const kept = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "");
  return `${kept}… (${text.length - kept.length} characters more)`;
}

/** Bytes of it in UTF-8. */
export function bytesOf({ text }: Markup): number {
  return new TextEncoder().encode(text).length;
}
