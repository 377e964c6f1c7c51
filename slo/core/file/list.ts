import { isMap, isScalar, isSeq, type Node } from "yaml";
import { type Found, type Kind, placeOf, type Range, rangeOf } from "./kind.ts";
import { nounOf } from "./noun.ts";

/** A list with at least one item; `title` names it and `item` one of its items in messages. */
export function list<T>(title: string, item: string, kind: Kind<T>): Kind<readonly Found<T>[]> {
  return {
    schema: { type: "array", minItems: 1, items: kind.schema },
    read(node, context, reader) {
      const at = rangeOf(node, context);
      if (!isSeq(node)) {
        const message = `${title} takes a list, not ${nounOf(node)}`;
        reader.report("error", context, { code: "wrong-type", message, hint: `start each ${item} with \`- name: …\`` });
        return undefined;
      }
      if (node.items.length === 0) {
        reader.report("error", at, {
          code: "empty-list",
          message: `${title} is empty`,
          hint: `declare one ${item} at least`,
        });
        return undefined;
      }
      if (!reader.spend(node.items.length)) return undefined;
      const found = (node.items as Node[]).map((one) => {
        const resolved = reader.resolve(one);
        return resolved === undefined ? undefined : kind.read(resolved, firstOf(one), reader);
      });
      const read = found.filter((one) => one !== undefined);
      return read.length === found.length ? { value: read, at } : undefined;
    },
  };
}

/** Where an item starts: its first key rather than all its lines. */
function firstOf(node: Node): Range {
  const { start } = placeOf(node);
  return rangeOf(firstKey(node) ?? node, { start, end: start + 1 });
}

function firstKey(node: Node): Node | undefined {
  if (!isMap(node)) return undefined;
  const key = node.items[0]?.key;
  return isScalar(key) ? key : undefined;
}
