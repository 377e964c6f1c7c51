import { decimalText } from "../decimal.ts";
import type { Objective, QueryObjective, RatioObjective } from "../objective.ts";
import { quotedSelector } from "../selector.ts";
import { bytesText, durationText, shareText } from "./amounts.ts";
import type { LatencyPart } from "./indicators/latency.ts";
import type { QueryPart } from "./indicators/query.ts";
import type { RatioPart } from "./indicators/ratio.ts";
import type { ResourcePart } from "./indicators/resource.ts";
import { USUAL } from "./usual.ts";

/** What an objective measures and its limit, without what all objectives have. */
export type IndicatorPart = LatencyPart | RatioPart | ResourcePart | QueryPart;

/** A piece of an objectives file, as keys and values. */
export type Written = { readonly [key: string]: string | number | boolean | Written };

/** The indicator's key with its value. */
export function writtenIndicator(part: IndicatorPart): Written {
  switch (part.indicator) {
    case "latency": {
      const { histogram, percentile, atMost } = part;
      return { latency: { histogram: quotedSelector(histogram), percentile, atMost: durationText(atMost) } };
    }
    case "ratio":
      return { ratio: writtenRatio(part) };
    case "resource":
      return { resource: writtenResource(part) };
    case "query":
      return { query: writtenQuery(part) };
  }
}

function writtenRatio({ part, total, op, limit }: Pick<RatioObjective, "part" | "total" | "op" | "limit">): Written {
  return { [part.kind]: quotedSelector(part.selector), total: quotedSelector(total), [op]: shareText(limit) };
}

function writtenResource(part: ResourcePart): Written {
  const { service, namespace, container } = part;
  const subject = {
    service,
    ...(namespace === null ? {} : { namespace }),
    ...(container === null ? {} : { container }),
  };
  switch (part.resource) {
    case "memory":
      return {
        ...subject,
        memory: { atMost: part.ofLimit ? shareText(part.atMost) : bytesText(part.atMost), stat: part.stat },
      };
    case "cpu":
      return {
        ...subject,
        cpu: { atMost: part.ofLimit ? shareText(part.atMost) : coresOf(part.atMost), stat: part.stat },
      };
    case "throttling":
      return { ...subject, throttling: { atMost: shareText(part.atMost) } };
    case "oomKills":
      return { ...subject, oomKills: { atMost: part.atMost } };
    case "restarts":
      return { ...subject, restarts: { atMost: part.atMost } };
  }
}

/** A number, but for one that YAML would write with an exponent. */
const coresOf = (cores: number) => (String(cores).includes("e") ? decimalText(cores) : cores);

function writtenQuery({ promql, op, limit }: Pick<QueryObjective, "promql" | "op" | "limit">): Written {
  return { promql, [op]: limit };
}

/** What is not as usual of that which all objectives have. */
export function writtenCommon(objective: Objective): Written {
  const { phase, gating, confidence } = objective;
  const burst = "burst" in objective ? objective.burst : USUAL.burst;
  const level = confidence.kind === "observed" ? "observed" : shareText(confidence.level);
  return {
    ...(phase === USUAL.phase ? {} : { phase }),
    ...(gating === USUAL.gating ? {} : { gating }),
    ...(level === shareText(USUAL.confidence.level) ? {} : { confidence: level }),
    ...(burst === USUAL.burst ? {} : { burst }),
  };
}
