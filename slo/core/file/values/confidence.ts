import type { Confidence } from "../../objective.ts";
import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { nearest } from "../suggest.ts";
import { whole } from "./quantity.ts";
import { parseShare } from "./share.ts";

/** A level from 50% to below 100%, or `observed`. */
export const confidence: Kind<Confidence> = scalar(
  {
    anyOf: [
      { const: "observed" },
      { type: "number", minimum: 0.5, exclusiveMaximum: 1 },
      { type: "string", pattern: whole("0*[5-9][0-9](?:\\.[0-9]+)?\\s*%|0+\\.[5-9][0-9]*") },
    ],
  },
  "a confidence, such as 95% or observed",
  ({ text }): Outcome<Confidence> => {
    if (text === "observed") return ok({ kind: "observed" });
    if (nearest(text, ["observed"]) !== undefined) {
      return refused("unknown-word", `\`${text}\` is no confidence`, "did you mean `observed`?");
    }
    const read = parseShare(text, "95%, 0.95 or observed");
    if (read.kind === "refused") return read;
    const level = read.value.share;
    if (level >= 0.5 && level < 1) return ok({ kind: "bounded", level });
    const hint = level >= 1 ? "no number of requests proves 100%; 95% is usual" : "write 50% or more; 95% is usual";
    return refused("out-of-range", `a confidence of \`${text}\` proves nothing`, hint);
  },
);
