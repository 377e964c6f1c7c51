import { type Outcome, ok, refused } from "../scalar.ts";
import { DIGITS, readQuantity, wrongUnit } from "./quantity.ts";

export const CORES_SCHEMA = {
  anyOf: [
    { type: "number", exclusiveMinimum: 0 },
    { type: "string", pattern: `^${DIGITS}\\s*m?$` },
  ],
} as const;

/** CPU above zero in cores: `0.5`, or `500m` as Kubernetes writes it. */
export function parseCores(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a number of cores", "0.5 or 500m");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "" && unit !== "m") return wrongUnit(text, unit, "cores", "a number of cores", "0.5 or 500m");
  const value = unit === "m" ? Number(`${digits}e-3`) : Number(digits);
  if (value > 0 && Number.isFinite(value)) return ok(value);
  return refused("out-of-range", `\`${text.trim()}\` is no budget that a process can meet`, "write a number above 0");
}
