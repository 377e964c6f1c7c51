import type { Trouble } from "./evidence.ts";
import type { Reason } from "./finding.ts";
import { formatDuration } from "./format.ts";
import { rfc3339 } from "./instants.ts";
import { unreachable } from "./unreachable.ts";

function clockTime(seconds: number): string {
  return rfc3339(seconds).slice(11, 19);
}

function gapText({ atEdge, process }: Extract<Trouble, { kind: "gap" }>): string {
  if (atEdge) return "over the edge of what is judged";
  switch (process) {
    case "unchanged":
      return "and what a gauge was meanwhile is not seen";
    case "changed":
      return "and its process changed meanwhile";
    case "unknown":
      return "and whether its process stayed the same is not known";
  }
  return unreachable(process);
}

/** Why nothing can be passed on this, in the words of a sentence about the target. */
export function troubleReason(trouble: Trouble, where: string): Reason {
  switch (trouble.kind) {
    case "restart":
      return {
        code: "target-restarted",
        text: `${where} restarted by ${clockTime(trouble.at)} UTC: what it counted between its last scrape and its end is lost.`,
      };
    case "reset":
      return {
        code: "counts-lost",
        text: `${trouble.metric} of ${where} fell at ${clockTime(trouble.at)} UTC without a known restart: what it counted before is lost.`,
      };
    case "down":
      return {
        code: "target-down",
        text: `${where} could not be scraped between ${clockTime(trouble.from)} and ${clockTime(trouble.to)} UTC (up was 0); see why, and run again.`,
      };
    case "gap":
      return {
        code: "gap",
        text: `${where} was not scraped for ${formatDuration(trouble.to - trouble.from)} from ${clockTime(trouble.from)} UTC on, ${gapText(trouble)}.`,
      };
    case "start-missing":
      return {
        code: "edge-missing",
        text: `${where} has no successful scrape at or before the start${
          trouble.first === null ? "" : `, the first is at ${clockTime(trouble.first)} UTC`
        }: what it counted until then is not known.`,
      };
    case "end-missing":
      return {
        code: "edge-missing",
        text: `${where} has no successful scrape at or after the end${
          trouble.last === null ? "" : `, the last is at ${clockTime(trouble.last)} UTC`
        }: what it counted since is not known.`,
      };
    case "start-unread":
      return {
        code: "start-unread",
        text: `process_start_time_seconds of ${where} is no time, or not told at its scrapes: whether it restarted is not known.`,
      };
    case "own-clock":
      return {
        code: "no-clock",
        text: `${where} has no "up" with its samples' times (federated or remotely written?): whether it was watched throughout is not known.`,
      };
  }
  return unreachable(trouble);
}

export function targetName(target: { readonly job: string; readonly instance: string }): string {
  const name = [target.job, target.instance].filter((part) => part !== "").join(" ");
  return name === "" ? "A target without job and instance" : name;
}
