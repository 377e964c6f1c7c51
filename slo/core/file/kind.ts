import type { Node } from "yaml";
import type { Complaint, Severity } from "./problem.ts";

/** A stretch of the source: offsets in UTF-16 units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value with where it stands. */
export interface Found<T> {
  readonly value: T;
  readonly at: Range;
}

export type JsonSchema = { readonly [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonSchema;

/** What a kind reads from, and where it says what is wrong. */
export interface Reader {
  readonly source: string;
  /** The node an alias stands for, or the node itself; undefined, with the problem reported, for an unknown alias. */
  resolve(node: Node): Node | undefined;
  /** Takes that many nodes from what one file may cost; false once it is used up, so that aliases cannot multiply work. */
  spend(nodes: number): boolean;
  report(severity: Severity, at: Range, complaint: Complaint): void;
}

/**
 * One kind of value in the file: how it is read and how JSON Schema describes it, side by side so that they agree.
 * `read` gives undefined after it has reported at least one error. `context` is the key's place, for values left out.
 */
export interface Kind<T> {
  readonly schema: JsonSchema;
  read(node: Node, context: Range, reader: Reader): Found<T> | undefined;
}

/** The kind, with a further look at what it read: `check` gives the value to use, or undefined after reporting. */
export function refine<T, U>(kind: Kind<T>, check: (found: Found<T>, reader: Reader) => U | undefined): Kind<U> {
  return {
    schema: kind.schema,
    read(node, context, reader) {
      const found = kind.read(node, context, reader);
      if (found === undefined) return undefined;
      const value = check(found, reader);
      return value === undefined ? undefined : { value, at: found.at };
    },
  };
}

/** Where a parsed node stands; nowhere, which has no width, for one that was made. */
export function placeOf({ range }: Node): Range {
  const [start, end] = range ?? [0, 0];
  return { start, end };
}

/** Where a node stands; the context where it has no width (a key without a value). */
export function rangeOf(node: Node, context: Range): Range {
  const range = placeOf(node);
  return range.end > range.start ? range : context;
}

/** Joins names as prose: "`a`, `b` or `c`". */
export function names(list: readonly string[], last: "and" | "or" = "and"): string {
  const quoted = list.map((name) => `\`${name}\``);
  const final = quoted.slice(-1);
  const others = quoted.slice(0, -1).join(", ");
  return others === "" ? final.join() : `${others} ${last} ${final.join()}`;
}
