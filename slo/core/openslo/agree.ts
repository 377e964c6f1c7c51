import { indicatorText } from "../file/format-objectives.ts";
import type { Reader } from "../file/kind.ts";
import { type IndicatorPart, writtenIndicator } from "../file/written.ts";
import { PREFIX, type Said } from "./annotations.ts";
import { plainPart } from "./plain.ts";

type Indicator = NonNullable<Said["indicator"]>;

/**
 * The annotated indicator, if the plain OpenSLO beside it says the same as far as OpenSLO can: who changes one of the
 * two must be told that the other still says something else.
 */
export function agree(
  { value, at }: Indicator,
  plain: IndicatorPart,
  alone: boolean,
  reader: Reader,
): IndicatorPart | undefined {
  const said = [value.latency, value.ratio, value.resource, value.query].find((one) => one !== undefined)?.value;
  if (said === undefined) return undefined;
  if (!alone) {
    const message = `\`${PREFIX}indicator\` speaks of one objective, and this SLO has several`;
    reader.report("error", at, { code: "annotation", message, hint: "make an SLO of each objective" });
    return undefined;
  }
  const expected = plainPart(said);
  if (expected !== undefined && text(expected) === text(plain)) return said;
  const message = `this annotation and the SLO beside it disagree: the SLO says ${text(plain)}`;
  const hint = "change both, or remove the annotation and write the SLO again with slo convert";
  reader.report("error", at, { code: "annotation", message, hint });
  return undefined;
}

const text = (part: IndicatorPart) => indicatorText(writtenIndicator(part));
