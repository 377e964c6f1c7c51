import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { DIGITS, readQuantity, wrongUnit } from "./quantity.ts";

/** CPU above zero in cores: `0.5`, or `500m` as Kubernetes writes it. */
export const cores: Kind<number> = scalar(
  {
    anyOf: [
      { type: "number", exclusiveMinimum: 0 },
      { type: "string", pattern: `^${DIGITS}\\s*m?$` },
    ],
  },
  "a number of cores, such as 0.5",
  ({ text }) => parseCores(text),
);

function parseCores(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a number of cores", "0.5 or 500m");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit === "%") {
    const hint = `100% of one core is 1: write ${Number(`${digits}e-2`)}`;
    return refused("wrong-unit", `\`${text.trim()}\`: CPU is counted in cores, not per cent`, hint);
  }
  if (unit !== "" && unit !== "m") return wrongUnit(text, unit, "cores", "a number of cores", "0.5 or 500m");
  const value = unit === "m" ? Number(`${digits}e-3`) : Number(digits);
  if (value > 0 && Number.isFinite(value)) return ok(value);
  return refused("out-of-range", `\`${text.trim()}\` is no budget that a process can meet`, "write a number above 0");
}
