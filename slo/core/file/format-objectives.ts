import { Document, isMap, isScalar, Scalar, visit } from "yaml";
import type { ObjectivesFile } from "../objective.ts";
import { shareText } from "./amounts.ts";
import { USUAL_COVERAGE } from "./usual.ts";
import { type Written, writtenCommon, writtenIndicator } from "./written.ts";

/** Columns up to which an indicator stands in one line. */
const WIDTH = 120;
/** Values of these keys are PromQL, which YAML would misread without quotes. */
const PROMQL: readonly string[] = ["histogram", "bad", "good", "total", "promql"];

/** The file's text in our own form; `parseObjectives` reads it back as the same objectives. */
export function formatObjectives({ service, coverage, objectives }: ObjectivesFile): string {
  return yamlText({
    service,
    ...(coverage === USUAL_COVERAGE ? {} : { coverage: shareText(coverage) }),
    objectives: objectives.map((one) => ({ name: one.name, ...writtenCommon(one), ...writtenIndicator(one) })),
  });
}

/** An indicator as one line of YAML. */
export function indicatorText(indicator: Written): string {
  return yamlText(indicator, Number.POSITIVE_INFINITY).trimEnd();
}

function yamlText(value: unknown, width = WIDTH): string {
  const document = new Document(value, { compat: "yaml-1.1" });
  visit(document, {
    Pair(_key, { key, value: held }) {
      const name = isScalar(key) ? String(key.value) : "";
      if (isScalar(held) && PROMQL.includes(name)) held.type = promqlType(String(held.value));
      if (isMap(held) && fits(JSON.stringify(held), width)) held.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Text of several lines keeps its lines in a block, which stands in no line of others. */
const fits = (json: string, width: number) => json.length <= width && !json.includes("\\n");

/** Single quotes take backslashes as they are; what cannot be printed needs double ones. */
function promqlType(text: string): Scalar.Type {
  if (/[^\P{Cc}\n]|[\u2028\u2029\uFEFF]/u.test(text)) return Scalar.QUOTE_DOUBLE;
  return text.includes("\n") ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
}
