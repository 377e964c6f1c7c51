import { optional } from "./object.ts";
import { burst } from "./values/burst.ts";
import { confidence } from "./values/confidence.ts";
import { flag } from "./values/flag.ts";
import { phaseName } from "./values/word.ts";

/** What an objective may say, and `defaults` may say for all of them. */
export const commonFields = {
  phase: optional(phaseName, "steady", "Name of the phase that the objective holds in. Default: steady."),
  gating: optional(
    flag,
    "false",
    "Whether the objective decides the run; false: judged and shown only. Default: true.",
  ),
  confidence: optional(
    confidence,
    "95%",
    "Level of the one-sided confidence bound that a verdict needs, such as 95%; or observed, to compare without a bound. Default: 95%.",
  ),
  burst: optional(
    burst,
    "5",
    "For latency and ratio: bad requests come in groups of about so many, so that a pass takes more requests. Default: 1.",
  ),
} as const;
