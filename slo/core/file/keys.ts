import { isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { placeOf, type Range, type Reader, rangeOf } from "./kind.ts";
import { textOf } from "./scalar.ts";

/** A key as it was written, with its value, which may be nothing. */
export interface WrittenKey {
  readonly key: string;
  readonly at: Range;
  readonly value: Node | null;
}

/** The keys of a mapping, each with its place; `ok` is false where one was reported. */
export function writtenKeys(
  title: string,
  map: YAMLMap,
  reader: Reader,
): { readonly keys: WrittenKey[]; readonly ok: boolean } {
  const keys = new Map<string, WrittenKey>();
  let ok = true;
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const { start } = placeOf(pair.key);
    const keyAt = rangeOf(pair.key, { start, end: start + 1 });
    const keyNode = reader.resolve(pair.key);
    if (keyNode === undefined) {
      ok = false;
      continue;
    }
    if (!isScalar(keyNode) || keyNode.value === null) {
      const complaint = { code: "wrong-key", message: `a key of ${title} is one word`, hint: "write key: value" };
      reader.report("error", keyAt, complaint);
      ok = false;
      continue;
    }
    const key = textOf(keyNode);
    if (keys.has(key)) {
      const message = `\`${key}\` stands twice in ${title}`;
      reader.report("error", keyAt, { code: "duplicate-key", message, hint: "keep one of the two" });
      ok = false;
      continue;
    }
    keys.set(key, { key, at: keyAt, value: pair.value });
  }
  return { keys: [...keys.values()], ok };
}

/** Nothing, or a scalar that says so. */
export function isEmpty(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null);
}
