import { isMap, type Node, stringify } from "yaml";
import type { Range, Reader } from "../file/kind.ts";
import { openSource } from "../file/source.ts";
import type { IndicatorPart } from "../file/written.ts";
import { openSloIndicator } from "./indicator.ts";
import { readRatio } from "./ratio.ts";
import { objectiveShape, type SliSpec, type SloObjective, sliSpecShape } from "./shape.ts";
import { readThreshold } from "./threshold.ts";

/** An SLI with one objective as ours, annotations apart; undefined after reporting at least one error. */
export function readPlain(sli: SliSpec, objective: SloObjective, at: Range, reader: Reader): IndicatorPart | undefined {
  if (sli.ratioMetric !== undefined) return readRatio(sli.ratioMetric, objective, reader);
  if (sli.thresholdMetric === undefined) return undefined;
  return readThreshold({ value: sli.thresholdMetric.value, at }, objective, reader);
}

/** What is left of an indicator once it went through plain OpenSLO; undefined where that cannot be read back at all. */
export function plainPart(part: IndicatorPart): IndicatorPart | undefined {
  const { documents, reader } = openSource(stringify(openSloIndicator(part)), "");
  const [spec, objective] = ["spec", "objective"].map((key) => held(documents[0]?.top, key));
  const at = { start: 0, end: 0 };
  if (spec === undefined || objective === undefined) return undefined;
  const sli = sliSpecShape.read(spec, at, reader);
  const promise = objectiveShape.read(objective, at, reader);
  return sli === undefined || promise === undefined ? undefined : readPlain(sli.value, promise.value, at, reader);
}

function held(top: Node | undefined, key: string): Node | undefined {
  return isMap(top) ? (top.get(key, true) as Node | undefined) : undefined;
}
