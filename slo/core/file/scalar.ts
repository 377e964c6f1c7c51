import { isMap, isScalar, type Node, type Scalar } from "yaml";
import { decimalText } from "../decimal.ts";
import { type JsonSchema, type Kind, type Range, type Reader, rangeOf } from "./kind.ts";
import { nounOf } from "./noun.ts";
import type { Complaint } from "./problem.ts";

/** A scalar as it was written: `text` is the source of a plain one and the content of a quoted or block one. */
export interface Written {
  readonly text: string;
  readonly node: Scalar;
  readonly at: Range;
}

export type Outcome<T> =
  | { readonly kind: "ok"; readonly value: T }
  | ({ readonly kind: "refused"; readonly at?: Range } & Complaint);

export const ok = <T>(value: T): Outcome<T> => ({ kind: "ok", value });

export const refused = (code: string, message: string, hint: string, at?: Range): Outcome<never> =>
  at === undefined ? { kind: "refused", code, message, hint } : { kind: "refused", code, message, hint, at };

/** A single value; `parse` sees it as written, so that `0x10` and `.inf` are not taken for numbers. */
export function scalar<T>(
  schema: JsonSchema,
  expected: string,
  parse: (written: Written, reader: Reader) => Outcome<T>,
): Kind<T> {
  return {
    schema,
    read(node, context, reader) {
      const at = rangeOf(node, context);
      if (!isScalar(node)) {
        const quote = isMap(node) ? "; what holds `{` stands in single quotes" : "";
        const hint = `write ${expected}${quote}`;
        reader.report("error", at, {
          code: "wrong-type",
          message: `one value belongs here, not ${nounOf(node)}`,
          hint,
        });
        return undefined;
      }
      const outcome = parse({ text: textOf(node), node, at }, reader);
      if (outcome.kind === "ok") return { value: outcome.value, at };
      reader.report("error", outcome.at ?? at, outcome);
      return undefined;
    },
  };
}

/** A scalar's text as it was written. */
export function textOf(node: Scalar): string {
  const source = node.source ?? String(node.value);
  // To YAML `1e3` is a number as 1000 is.
  return typeof node.value === "number" && EXPONENT.test(source) && Number.isFinite(node.value)
    ? decimalText(node.value)
    : source;
}

const EXPONENT = /^-?\d+(?:\.\d+)?e[+-]?\d+$/i;

/** Whether YAML takes it for text; a plain `123` or `true` is not. */
export const isText = (node: Node): boolean => isScalar(node) && typeof node.value === "string";
