import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { whole } from "./quantity.ts";

/** A percentile in per cent, above 1 and below 100: `99`, `99.9` or `p99`. */
export const percentile: Kind<number> = scalar(
  {
    anyOf: [
      { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 100 },
      { type: "string", pattern: whole("[pP]?0*(?:(?:[2-9]|[1-9][0-9])(?:\\.[0-9]+)?|1\\.[0-9]*[1-9][0-9]*)") },
    ],
  },
  "a percentile, such as 99",
  ({ text }) => parsePercentile(text),
);

function parsePercentile(text: string): Outcome<number> {
  const written = text.trim();
  const match = /^p?(\d+(?:\.\d+)?)(%?)$/i.exec(written);
  if (match?.[1] === undefined) {
    const likely = /^p?(\d{2}(?:\.\d+)?)\D*$/i.exec(written)?.[1];
    const hint = likely === undefined ? "write, for example, 99 or 99.9" : `write ${likely}`;
    return refused("bad-number", `\`${written}\` is not a percentile`, hint);
  }
  const value = Number(match[1]);
  if (match[2] === "%") return refused("wrong-unit", `\`${written}\`: a percentile has no unit`, `write ${match[1]}`);
  if (value > 0 && value <= 1) {
    const likely = value === 1 ? "99" : `${Number(`${match[1]}e2`)}`;
    return refused("out-of-range", `\`${written}\` is too small: percentiles are per cent`, `did you mean ${likely}?`);
  }
  if (value > 1 && value < 100) return ok(value);
  const hint = value === 100 ? "no number of requests proves all of them; write 99.9 or less" : "write 99 or 99.9";
  return refused("out-of-range", `\`${written}\` is not between 0 and 100`, hint);
}
