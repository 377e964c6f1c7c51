import { Document, stringify } from "yaml";
import { shareText } from "../file/amounts.ts";
import { indicatorText } from "../file/format-objectives.ts";
import { USUAL_COVERAGE } from "../file/usual.ts";
import { type Written, writtenCommon, writtenIndicator } from "../file/written.ts";
import type { Objective, ObjectivesFile } from "../objective.ts";
import { PREFIX } from "./annotations.ts";
import { openSloIndicator } from "./indicator.ts";
import { plainPart } from "./plain.ts";
import { API_VERSION } from "./shape.ts";
import { labelOf } from "./values.ts";

/** OpenSLO's own tool asks for a window; a run has its phases, which an annotation names. */
const TIME_WINDOW = [{ duration: "28d", isRolling: true }];

/** The file as OpenSLO v1, an SLO each objective; `parseObjectives` reads it back as the same objectives. */
export function formatOpenSlo(file: ObjectivesFile): string {
  return labelled(file.objectives)
    .map(([label, one]) => yamlText(sloOf(one, label, file)))
    .join("---\n");
}

function sloOf(objective: Objective, name: string, { service, coverage }: ObjectivesFile): unknown {
  const { spec, objective: promise } = openSloIndicator(objective);
  return {
    apiVersion: API_VERSION,
    kind: "SLO",
    metadata: { name, annotations: annotationsOf(objective, name, coverage) },
    spec: {
      service,
      indicator: { metadata: { name }, spec },
      timeWindow: TIME_WINDOW,
      budgetingMethod: "Occurrences",
      objectives: [promise],
    },
  };
}

/** Whatever plain OpenSLO does not give back, each in our own form's words. The phase stands for the window, always. */
function annotationsOf(objective: Objective, name: string, coverage: number): Readonly<Record<string, string>> {
  const indicator = writtenIndicator(objective);
  const plain = plainPart(objective);
  const lost = plain === undefined || indicatorText(writtenIndicator(plain)) !== indicatorText(indicator);
  const said: Written = {
    phase: objective.phase,
    ...writtenCommon(objective),
    ...(objective.name === name ? {} : { name: objective.name }),
    ...(coverage === USUAL_COVERAGE ? {} : { coverage: shareText(coverage) }),
  };
  const texts = Object.entries(said).map(([key, value]) => [`${PREFIX}${key}`, stringify(value).trimEnd()]);
  return Object.fromEntries([...texts, ...(lost ? [[`${PREFIX}indicator`, indicatorText(indicator)]] : [])]);
}

/** The objectives with a DNS label each, its own. */
function labelled(objectives: readonly Objective[]): readonly (readonly [string, Objective])[] {
  const taken = new Set<string>();
  return objectives.map((one) => {
    const base = labelOf(one.name) || "objective";
    let label = base;
    for (let number = 2; taken.has(label); number++) label = `${base.slice(0, 55)}-${number}`;
    taken.add(label);
    return [label, one];
  });
}

/** Go's programs read YAML 1.1, to which `on` and `1_0` are no text. */
const yamlText = (value: unknown) =>
  new Document(value, { compat: "yaml-1.1" }).toString({ lineWidth: 0, singleQuote: true });
