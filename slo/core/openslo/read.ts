import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { Found, Range, Reader } from "../file/kind.ts";
import { names, rangeOf } from "../file/kind.ts";
import type { FileValues } from "../file/shape.ts";
import { type OpenDocument, openSource, type Source } from "../file/source.ts";
import { nearest } from "../file/suggest.ts";
import { objectivesOf } from "./objectives.ts";
import { API_VERSION, dataSourceShape, otherShape, type SliSpec, type Slo, sliShape, sloShape } from "./shape.ts";

export const FORMS = ["openslo", "objectives"] as const;
export type Form = (typeof FORMS)[number];

const KINDS = [
  "SLO",
  "SLI",
  "Service",
  "DataSource",
  "AlertPolicy",
  "AlertCondition",
  "AlertNotificationTarget",
] as const;

/** What the file's other objects say to those that name them. */
export interface Named {
  readonly slis: ReadonlyMap<string, SliSpec>;
  /** Type of each data source, where it says one. */
  readonly sources: ReadonlyMap<string, string | undefined>;
  /** Whether all of the file's objects could be read; else one that is missed may be one of the others. */
  readonly complete: boolean;
}

/** Whether the file is meant for OpenSLO: one of its documents, or of the objects in their lists, says so. */
export function isOpenSlo({ documents, reader }: Source): boolean {
  return documents.some((one) =>
    objectsIn(one, reader).some(({ top }) => /^openslo\b/i.test(textOf(top, "apiVersion") ?? "") && !isOwn(top)),
  );
}

/** Which form a file's text is in, whether or not it is right. */
export function formOf(text: string): Form {
  return isOpenSlo(openSource(text, "")) ? "openslo" : "objectives";
}

/** Reads OpenSLO v1 into what our own form holds. Gives undefined after reporting at least one error. */
export function readOpenSlo({ documents, reader }: Source): Found<FileValues> | undefined {
  const objects = documents.flatMap((one) => objectsIn(one, reader));
  const slis = new Map<string, SliSpec>();
  const sources = new Map<string, string | undefined>();
  const slos: Found<Slo>[] = [];
  let complete = true;
  for (const { top, at } of objects) {
    if (!readObject(top, at, { slis, sources, slos }, reader)) complete = false;
  }
  const [first] = slos;
  if (first === undefined) {
    for (const { at } of complete ? objects.slice(0, 1) : []) reader.report("error", at, NO_SLO);
    return undefined;
  }
  warnOfWindow(slos, reader);
  const read = slos.map((slo) => objectivesOf(slo, { slis, sources, complete }, reader));
  const objectives = read.filter((one) => one !== undefined);
  const same = [sameService(slos, reader), sameCoverage(slos, reader)].every(Boolean);
  if (!complete || !same || objectives.length < read.length) return undefined;
  const { spec, metadata } = first.value;
  return {
    value: {
      service: spec.value.service,
      coverage: metadata.value.annotations?.value.coverage,
      defaults: undefined,
      objectives: { value: objectives.flat(), at: first.at },
    },
    at: first.at,
  };
}

const NO_SLO = {
  code: "no-slo",
  message: "this OpenSLO file has no SLO",
  hint: "an SLO is `kind: SLO`; indicators alone promise nothing",
};

/** A document's objects: itself, or the items of its list, as OpenSLO's tools have it. */
function objectsIn({ top, at }: OpenDocument, reader: Reader): readonly OpenDocument[] {
  if (!isSeq(top)) return [{ top, at: startOf(top, at) }];
  return (top.items as Node[]).flatMap((item) => {
    const one = reader.resolve(item);
    return one === undefined ? [] : [{ top: one, at: startOf(item, at) }];
  });
}

/** An object's first key. */
function startOf(node: Node, at: Range): Range {
  const key = isMap(node) ? node.items[0]?.key : undefined;
  return isScalar(key) ? rangeOf(key, at) : { start: rangeOf(node, at).start, end: rangeOf(node, at).start + 1 };
}

/** Our own form with a stray `apiVersion`. */
const isOwn = (top: Node): boolean => isMap(top) && top.has("objectives");

function textOf(top: Node, name: string): string | undefined {
  const value = isMap(top) ? top.get(name) : undefined;
  return typeof value === "string" ? value : undefined;
}

interface Sorted {
  readonly slis: Map<string, SliSpec>;
  readonly sources: Map<string, string | undefined>;
  readonly slos: Found<Slo>[];
}

function readObject(top: Node, at: Range, { slis, sources, slos }: Sorted, reader: Reader): boolean {
  switch (textOf(top, "kind")) {
    case "SLO": {
      const slo = sloShape.read(top, at, reader);
      if (slo !== undefined) slos.push({ value: slo.value, at });
      return slo !== undefined;
    }
    case "SLI": {
      const sli = sliShape.read(top, at, reader);
      return sli !== undefined && remember(slis, sli.value.metadata.value.name, sli.value.spec.value, reader);
    }
    case "DataSource": {
      const source = dataSourceShape.read(top, at, reader);
      const type = source?.value.spec.value.type?.value;
      return source !== undefined && remember(sources, source.value.metadata.value.name, type, reader);
    }
    default: {
      const other = otherShape.read(top, at, reader);
      return other !== undefined && knownKind(other.value.kind, reader);
    }
  }
}

function remember<T>(known: Map<string, T>, { value: name, at }: Found<string>, what: T, reader: Reader): boolean {
  const twice = known.has(name);
  if (twice) {
    const message = `a second object of this kind is named \`${name}\``;
    reader.report("error", at, { code: "same-name", message, hint: "give each its own name" });
  }
  if (!twice) known.set(name, what);
  return !twice;
}

function knownKind({ value: kind, at }: Found<string>, reader: Reader): boolean {
  if (KINDS.some((known) => known === kind)) return true;
  const near = nearest(kind, KINDS);
  const hint = near === undefined ? `its kinds are ${names(KINDS)}` : `did you mean \`${near}\`?`;
  reader.report("error", at, { code: "unknown-kind", message: `${API_VERSION} has no kind \`${kind}\``, hint });
  return false;
}

/** One file is judged for one service. */
function sameService(slos: readonly Found<Slo>[], reader: Reader): boolean {
  const [first, ...more] = slos.map(({ value }) => value.spec.value.service);
  const others = more.filter(({ value }) => value !== first?.value);
  for (const { value, at } of others) {
    const message = `this SLO is of the service \`${value}\`, the file's first of \`${first?.value}\``;
    const hint = "a file is judged for one service: put each service's SLOs in a file of its own";
    reader.report("error", at, { code: "other-service", message, hint });
  }
  return others.length === 0;
}

function sameCoverage(slos: readonly Found<Slo>[], reader: Reader): boolean {
  const [first, ...more] = slos.map(({ value }) => value.metadata.value.annotations);
  const wanted = first?.value.coverage?.value.share;
  const other = more.find((one) => one?.value.coverage?.value.share !== wanted);
  if (other === undefined && !more.some((one) => one === undefined && wanted !== undefined)) return true;
  const message = "the SLOs of this file do not all ask for the same coverage";
  const hint = "`coverage` holds for the whole file: annotate all of its SLOs alike";
  const at = other?.value.coverage?.at ?? other?.at ?? first?.at ?? { start: 0, end: 0 };
  reader.report("error", at, { code: "other-coverage", message, hint });
  return false;
}

/** Said once; who annotates a phase knows. */
function warnOfWindow(slos: readonly Found<Slo>[], reader: Reader): void {
  const found = slos.find(({ value: { metadata, spec } }) => {
    return spec.value.timeWindow !== undefined && metadata.value.annotations?.value.phase === undefined;
  });
  const at = found?.value.spec.value.timeWindow?.at;
  if (at === undefined) return;
  const message =
    "time windows are not judged: an objective holds in a run's phase `steady`, or between --from and --to";
  const hint = "annotate the SLO with proving-ground/phase: steady, to say so";
  reader.report("warning", at, { code: "openslo-window", message, hint });
}
