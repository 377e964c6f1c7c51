import type { JsonSchema, Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { BYTES_SCHEMA, parseBytes } from "./bytes.ts";
import { CORES_SCHEMA, parseCores } from "./cores.ts";
import { ABOVE_0, whole } from "./quantity.ts";
import { parseShare } from "./share.ts";

/** Bytes or cores; or, `ofLimit`, a share (above 0, up to 1) of the container's own limit. */
export interface Amount {
  readonly value: number;
  readonly ofLimit: boolean;
}

const PERCENT = {
  type: "string",
  pattern: whole(`${ABOVE_0}0*(?:100(?:\\.0+)?|[0-9]{1,2}(?:\\.[0-9]+)?)\\s*%`),
} as const;

function budget(
  absolute: { readonly anyOf: readonly JsonSchema[] },
  expected: string,
  parse: (text: string) => Outcome<number>,
): Kind<Amount> {
  return scalar({ anyOf: [...absolute.anyOf, PERCENT] }, `${expected}, or 80% of the container's limit`, ({ text }) => {
    if (text.trim().endsWith("%")) return shareOfLimit(text);
    const outcome = parse(text);
    return outcome.kind === "ok" ? ok({ value: outcome.value, ofLimit: false }) : outcome;
  });
}

function shareOfLimit(text: string): Outcome<Amount> {
  const outcome = parseShare(text, "80%");
  if (outcome.kind === "refused") return outcome;
  const { share } = outcome.value;
  if (share > 0) return ok({ value: share, ofLimit: true });
  return refused("out-of-range", `\`${text.trim()}\` is no budget that a container can meet`, "write a share above 0%");
}

export const memoryBudget: Kind<Amount> = budget(BYTES_SCHEMA, "an amount of memory, such as 256MiB", parseBytes);
export const cpuBudget: Kind<Amount> = budget(CORES_SCHEMA, "a number of cores, such as 0.5", parseCores);
