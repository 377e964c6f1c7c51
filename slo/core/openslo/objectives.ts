import type { Found, Range, Reader } from "../file/kind.ts";
import type { ObjectiveValues } from "../file/shape.ts";
import { nearest } from "../file/suggest.ts";
import { slug } from "../file/values/word.ts";
import type { IndicatorPart } from "../file/written.ts";
import { agree } from "./agree.ts";
import type { Said } from "./annotations.ts";
import type { Metric } from "./metric.ts";
import { readPlain } from "./plain.ts";
import type { Named } from "./read.ts";
import type { SliSpec, Slo, SloObjective } from "./shape.ts";

/** An SLO's objectives, each an objective of ours; undefined after reporting at least one error. */
export function objectivesOf(
  slo: Found<Slo>,
  named: Named,
  reader: Reader,
): readonly Found<ObjectiveValues>[] | undefined {
  const items = slo.value.spec.value.objectives.value;
  const said = slo.value.metadata.value.annotations?.value;
  const alone = items.length === 1;
  const read = items.map(({ value: objective, at }, index) => {
    const sli = sliOf(slo.value, objective, named, reader);
    const part = sli === undefined ? undefined : partOf(sli, objective, at, named, said, alone, reader);
    if (part === undefined) return undefined;
    return { value: valuesOf(slo.value, objective, index, said, alone, part), at: alone ? slo.at : at };
  });
  return read.every((one) => one !== undefined) ? read : undefined;
}

function sliOf(slo: Slo, objective: SloObjective, { slis, complete }: Named, reader: Reader): SliSpec | undefined {
  const spec = slo.spec.value;
  const inline = [spec.indicator, objective.indicator].filter((one) => one !== undefined);
  const refs = [spec.indicatorRef, objective.indicatorRef].filter((one) => one !== undefined);
  if (inline.length + refs.length !== 1) {
    const many = inline.length + refs.length > 1;
    const message = many ? "this objective has more than one indicator" : "this objective has no indicator";
    const hint = many
      ? "keep one of `indicator` and `indicatorRef`"
      : "add `indicator` or `indicatorRef` to the SLO's `spec`";
    reader.report("error", inline[1]?.at ?? refs[0]?.at ?? slo.spec.at, {
      code: many ? "too-many-keys" : "missing-key",
      message,
      hint,
    });
    return undefined;
  }
  const [ref] = refs;
  if (ref === undefined) return inline[0]?.value.spec.value;
  const sli = slis.get(ref.value);
  if (sli !== undefined) return sli;
  if (!complete) return undefined;
  const near = nearest(ref.value, [...slis.keys()]);
  const hint =
    near === undefined ? "put the SLI into this file, as a document of its own" : `did you mean \`${near}\`?`;
  reader.report("error", ref.at, {
    code: "unknown-sli",
    message: `no SLI of this file is named \`${ref.value}\``,
    hint,
  });
  return undefined;
}

function partOf(
  sli: SliSpec,
  objective: SloObjective,
  at: Range,
  named: Named,
  said: Said | undefined,
  alone: boolean,
  reader: Reader,
): IndicatorPart | undefined {
  const fromPrometheus = metricsOf(sli).map((metric) => isPrometheus(metric, named, reader));
  // What our annotation says is checked where it stands; of the plain form only errors matter then.
  const plain = said?.indicator === undefined ? reader : onlyErrors(reader);
  const part = readPlain(sli, objective, at, plain);
  if (part === undefined || !fromPrometheus.every(Boolean)) return undefined;
  return said?.indicator === undefined ? part : agree(said.indicator, part, alone, reader);
}

const onlyErrors = (reader: Reader): Reader => ({
  ...reader,
  report: (severity, at, complaint) => (severity === "error" ? reader.report(severity, at, complaint) : undefined),
});

function metricsOf({ thresholdMetric, ratioMetric }: SliSpec): readonly Metric[] {
  const ratio = ratioMetric?.value;
  return [thresholdMetric, ratio?.good, ratio?.bad, ratio?.total].flatMap((one) => one?.value ?? []);
}

/** What names no type is taken for Prometheus: the judge reads nothing else. */
function isPrometheus({ type, ref }: Metric, { sources }: Named, reader: Reader): boolean {
  const said = type?.value ?? sources.get(ref?.value ?? "");
  if (said === undefined || /^prometheus$/i.test(said)) return true;
  const message = `this metric is asked of ${said}; the judge asks Prometheus`;
  const hint = "write its query in PromQL and `type: Prometheus`, or keep this SLO in a file of its own";
  reader.report("error", (type ?? ref)?.at ?? { start: 0, end: 0 }, { code: "other-source", message, hint });
  return false;
}

function valuesOf(
  slo: Slo,
  objective: SloObjective,
  index: number,
  said: Said | undefined,
  alone: boolean,
  part: IndicatorPart,
): ObjectiveValues {
  const { name, indicator: _, coverage: __, ...common } = said ?? {};
  const own = name ?? slo.metadata.value.name;
  const tail = slug(objective.displayName?.value ?? "").toLowerCase() || String(index + 1);
  return {
    ...common,
    name: alone ? own : { value: `${own.value}-${tail}`.slice(0, 100), at: (objective.displayName ?? own).at },
    [part.indicator]: { value: part, at: slo.spec.at },
  } as ObjectiveValues;
}
