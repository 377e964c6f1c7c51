import { parseEdge } from "../../edge.ts";
import type { Comparison, RatioObjective, Selector } from "../../objective.ts";
import { formatSelector } from "../../selector.ts";
import { OF_AN_INDICATOR } from "../elsewhere.ts";
import { type Found, type Kind, type Reader, refine } from "../kind.ts";
import { object, optional, required, type Values } from "../object.ts";
import { selector } from "../values/selector.ts";
import { type Share, share } from "../values/share.ts";

export type RatioPart = Pick<RatioObjective, "indicator" | "part" | "total" | "op" | "limit">;

const fields = {
  bad: optional(
    selector,
    '\'http_requests_total{job="api",code=~"5.."}\'',
    "Selector of the counter of what is bad; instead of good.",
  ),
  good: optional(
    selector,
    '\'http_requests_total{job="api",code!~"5.."}\'',
    "Selector of the counter of what is good; instead of bad.",
  ),
  total: required(selector, "'http_requests_total{job=\"api\"}'", "Selector of the counter of all, bad and good."),
  atMost: optional(share, "0.1%", "Largest share allowed: per cent with its sign, or a number below 1."),
  atLeast: optional(share, "99.9%", "Smallest share allowed: per cent with its sign, or a number below 1."),
};

const keys = object(
  "`ratio`",
  fields,
  [
    ["bad", "good"],
    ["atMost", "atLeast"],
  ],
  OF_AN_INDICATOR,
);

interface Part {
  readonly kind: "bad" | "good";
  readonly found: Found<Selector>;
}

interface Limit {
  readonly op: Comparison;
  readonly found: Found<Share>;
}

/** A share of `total`: of what is bad, or of what is good. */
export const ratio: Kind<RatioPart> = refine(keys, ({ value }, reader) => {
  const part = partOf(value);
  const limit = limitOf(value);
  return part === undefined || limit === undefined ? undefined : ratioPart(part, value.total, limit, reader);
});

/** A ratio of what was read, with warnings where it says something odd. */
export function ratioPart(part: Part, total: Found<Selector>, limit: Limit, reader: Reader): RatioPart {
  checkParts(part.found, total, reader);
  checkLimit(part.kind, limit, reader);
  return {
    indicator: "ratio",
    part: { kind: part.kind, selector: part.found.value },
    total: total.value,
    op: limit.op,
    limit: limit.found.value.share,
  };
}

function partOf({ bad, good }: Values<typeof fields>): Part | undefined {
  if (bad !== undefined) return { kind: "bad", found: bad };
  return good === undefined ? undefined : { kind: "good", found: good };
}

function limitOf({ atMost, atLeast }: Values<typeof fields>): Limit | undefined {
  if (atMost !== undefined) return { op: "atMost", found: atMost };
  return atLeast === undefined ? undefined : { op: "atLeast", found: atLeast };
}

function checkParts(part: Found<Selector>, total: Found<Selector>, reader: Reader): void {
  if (formatSelector(part.value) === formatSelector(total.value)) {
    const hint = 'narrow the part by a matcher, such as status_code=~"5.."';
    reader.report("warning", part.at, {
      code: "ratio-same",
      message: "part and total are the same: the share is always 1",
      hint,
    });
    return;
  }
  for (const { label, value } of part.value.matchers.filter(({ op }) => op === "=")) {
    const other = total.value.matchers.find((matcher) => matcher.label === label && matcher.op === "=");
    if (other === undefined || other.value === value) continue;
    // Buckets are cumulative: a higher one counts what a lower one does.
    if (label === "le" && parseEdge(value) <= parseEdge(other.value)) continue;
    const message = `the part has ${label}="${value}" but the total ${label}="${other.value}": it is no part of it`;
    reader.report("warning", part.at, { code: "ratio-disjoint", message, hint: "let both select the same requests" });
  }
}

function checkLimit(kind: "bad" | "good", { op, found }: Limit, reader: Reader): void {
  const { share: value, percent } = found.value;
  const code = "ratio-limit";
  if ((kind === "bad") !== (op === "atMost")) {
    const hint = kind === "bad" ? "did you mean `atMost`?" : "did you mean `atLeast`?";
    reader.report("warning", found.at, { code, message: `\`${op}\` with \`${kind}\` asks for a bad service`, hint });
  } else if (value === (op === "atMost" ? 1 : 0)) {
    reader.report("warning", found.at, {
      code,
      message: "this limit can never be broken",
      hint: "write a stricter one",
    });
  } else if (value === (op === "atMost" ? 0 : 1)) {
    const hint = "allow a little, such as 0.1%, or say `confidence: observed`";
    reader.report("warning", found.at, { code, message: "no number of requests proves that none is ever bad", hint });
  } else if (op === "atMost" && !percent && value >= 0.1) {
    const hint = `if ${value}% is meant, write the per cent sign`;
    reader.report("warning", found.at, { code, message: `\`${value}\` is a share of ${Number(`${value}e2`)}%`, hint });
  }
}
