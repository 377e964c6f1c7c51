import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { readQuantity, whole, wrongUnit } from "./quantity.ts";
import { inOurUnit, SHARE_WORDS } from "./unit-words.ts";

export interface Share {
  /** 0..1 */
  readonly share: number;
  /** Whether it was written with `%`. */
  readonly percent: boolean;
}

export const SHARE_SCHEMA = {
  anyOf: [
    { type: "number", minimum: 0, exclusiveMaximum: 1 },
    { type: "string", pattern: whole("0*(?:100(?:\\.0+)?|[0-9]{1,2}(?:\\.[0-9]+)?)\\s*%|0+(?:\\.[0-9]+)?") },
  ],
} as const;

/** A share: `0.1%`, or a number from 0 to below 1; a bare 1 or more may mean per cent and is refused. */
export const share: Kind<Share> = scalar(SHARE_SCHEMA, "a share, such as 0.1%", ({ text }) => parseShare(text));

export function parseShare(text: string, example = "0.1%"): Outcome<Share> {
  const quantity = readQuantity(text, "a share", example);
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "" && unit !== "%") {
    const meant = inOurUnit(SHARE_WORDS, digits, unit);
    return wrongUnit({
      text,
      unit,
      kind: "a share",
      usual: `per cent or a number below 1, for example ${example}`,
      meant,
    });
  }
  const percent = unit === "%";
  const value = percent ? Number(`${digits}e-2`) : Number(digits);
  if (value > 1 && percent)
    return refused("out-of-range", `\`${text.trim()}\` is more than 100%`, "write at most 100%");
  if (value >= 1 && !percent) {
    const hint =
      value <= 100 ? `did you mean ${digits}%? Then write the per cent sign` : `write, for example, ${example}`;
    return refused("ambiguous-share", `\`${digits}\` is not below 1, so it is no share`, hint);
  }
  return ok({ share: value, percent });
}
