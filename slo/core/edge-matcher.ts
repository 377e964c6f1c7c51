import { decimalText } from "./decimal.ts";
import type { Matcher } from "./objective.ts";

/**
 * The matcher of a bucket's edge, in seconds. Prometheus 3 stores whole edges as `1.0`, 2 as they were exposed, and Go
 * writes large and small ones with an exponent: all of them are meant.
 */
export function edgeMatcher(seconds: number): Matcher {
  const plain = decimalText(seconds);
  const [mantissa = "", exponent] = seconds.toExponential().split("e");
  const power = Number(exponent);
  const texts = [plain, ...(plain.includes(".") ? [] : [`${plain}.0`])];
  if (power < -4 || power >= 6) {
    texts.push(`${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`);
  }
  if (texts.length === 1) return { label: "le", op: "=", value: plain };
  return { label: "le", op: "=~", value: texts.map((text) => text.replace(/[.+]/g, "\\$&")).join("|") };
}
