import { type Outcome, ok, refused } from "../scalar.ts";
import { ABOVE_0, DIGITS, readQuantity, whole, wrongUnit } from "./quantity.ts";
import { CORE_WORDS, inOurUnit } from "./unit-words.ts";

export const CORES_SCHEMA = {
  anyOf: [
    { type: "number", exclusiveMinimum: 0 },
    { type: "string", pattern: whole(`${ABOVE_0}${DIGITS}\\s*m?`) },
  ],
} as const;

/** CPU above zero in cores: `0.5`, or `500m` as Kubernetes writes it. */
export function parseCores(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a number of cores", "0.5 or 500m");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "" && unit !== "m") {
    const meant = inOurUnit(CORE_WORDS, digits, unit);
    return wrongUnit({ text, unit, kind: "cores", usual: "a number of cores, for example 0.5 or 500m", meant });
  }
  const value = unit === "m" ? Number(`${digits}e-3`) : Number(digits);
  if (value > 0 && Number.isFinite(value)) return ok(value);
  return refused("out-of-range", `\`${text.trim()}\` is no budget that a process can meet`, "write a number above 0");
}
