import { isMap } from "yaml";
import type { Objective, ObjectivesFile } from "../objective.ts";
import { isOpenSlo, readOpenSlo } from "../openslo/read.ts";
import type { Found } from "./kind.ts";
import type { Complaint, Problem } from "./problem.ts";
import { type FileValues, fileShape, type ObjectiveValues } from "./shape.ts";
import { openSource, type Source } from "./source.ts";
import { USUAL, USUAL_COVERAGE } from "./usual.ts";

export type ParsedObjectives =
  | { readonly kind: "ok"; readonly value: ObjectivesFile; readonly warnings: readonly Problem[] }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * Reads an objectives file's text, in our own form or as OpenSLO v1; `file` names it in places. Every problem is
 * reported at once, in the file's order.
 */
export function parseObjectives(text: string, file: string): ParsedObjectives {
  const source = openSource(text, file);
  const found = isOpenSlo(source) ? readOpenSlo(source) : readOwn(source);
  const value = found === undefined ? undefined : fileOf(found.value, file, source);
  const problems = source.problems.toSorted(byPlace);
  if (value === undefined || problems.some(({ severity }) => severity === "error"))
    return { kind: "problems", problems };
  return { kind: "ok", value, warnings: problems };
}

function readOwn({ documents: [first, second], reader }: Source): Found<FileValues> | undefined {
  if (second !== undefined) {
    reader.report("error", second.at, SECOND);
    return undefined;
  }
  if (first === undefined) return undefined;
  if (isMap(first.top) && first.top.has("apiVersion") && !first.top.has("objectives")) {
    reader.report("error", { start: first.at.start, end: first.at.start + 1 }, FOREIGN);
    return undefined;
  }
  return fileShape.read(first.top, { start: 0, end: 0 }, reader);
}

const FOREIGN: Complaint = {
  code: "other-format",
  message: "this is a Kubernetes object, not an objectives file",
  hint: "an objectives file starts with `service` and `objectives`; of others only OpenSLO v1 is read",
};

const SECOND: Complaint = {
  code: "yaml",
  message: "a second document starts here",
  hint: "keep one document in a file: remove `---`",
};

const byPlace = (a: Problem, b: Problem) => a.place.line - b.place.line || a.place.column - b.place.column;

function fileOf(values: FileValues, file: string, source: Source): ObjectivesFile {
  reportSameNames(values.objectives.value, source);
  return {
    file,
    service: values.service.value,
    coverage: values.coverage?.value.share ?? USUAL_COVERAGE,
    objectives: values.objectives.value.flatMap((one) => objectiveOf(one, values, source) ?? []),
  };
}

function reportSameNames(objectives: readonly Found<ObjectiveValues>[], source: Source): void {
  const lines = new Map<string, number>();
  for (const { value } of objectives) {
    const { value: name, at } = value.name;
    const first = lines.get(name);
    if (first === undefined) lines.set(name, source.place(at).line);
    else {
      const message = `a second objective is named \`${name}\`; the first is in line ${first}`;
      source.reader.report("error", at, { code: "same-name", message, hint: "give each objective its own name" });
    }
  }
}

function reportBurst({ at }: Found<number>, source: Source): void {
  const message = "`burst` says how bad requests come, and this objective counts none";
  const hint = "it belongs to an objective with `latency` or `ratio`, or under `defaults`";
  source.reader.report("error", at, { code: "burst-unused", message, hint });
}

function objectiveOf({ value, at }: Found<ObjectiveValues>, file: FileValues, source: Source): Objective | undefined {
  const defaults = file.defaults?.value;
  const { line, column, file: name } = source.place(at);
  const common = {
    name: value.name.value,
    gating: (value.gating ?? defaults?.gating)?.value ?? USUAL.gating,
    phase: (value.phase ?? defaults?.phase)?.value ?? USUAL.phase,
    confidence: (value.confidence ?? defaults?.confidence)?.value ?? USUAL.confidence,
    place: { file: name, line, column },
  };
  const burst = (value.burst ?? defaults?.burst)?.value ?? USUAL.burst;
  if (value.latency !== undefined) return { ...common, burst, ...value.latency.value };
  if (value.ratio !== undefined) return { ...common, burst, ...value.ratio.value };
  if (value.burst !== undefined) reportBurst(value.burst, source);
  if (value.resource !== undefined) return { ...common, ...value.resource.value };
  return value.query === undefined ? undefined : { ...common, ...value.query.value };
}
